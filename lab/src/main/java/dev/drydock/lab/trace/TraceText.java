package dev.drydock.lab.trace;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// Trees as text, one line a step: when it began after the user's action, how long it had waited
/// for its turn, how long it ran, who did what.
public final class TraceText {
  private static final String HEADER =
      "      AT    WAITED       RAN  WHAT (at: since the action; waited: since the cause)";

  private final ZoneId zone;
  private final int mostAlike;
  private final List<String> lines = new ArrayList<>();

  /// @param zone for the time of the action
  /// @param mostAlike of siblings that did the same to the same kind of object, show only so many
  public TraceText(ZoneId zone, int mostAlike) {
    this.zone = zone;
    this.mostAlike = mostAlike;
  }

  public String of(TraceTree root) {
    lines.clear();
    Step step = root.step();
    lines.add(
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                .format(step.time().atZone(zone))
            + "  "
            + step.actor()
            + ": "
            + step.verb()
            + " "
            + step.about().text()
            + ", and what came of it: "
            + (root.size() - 1)
            + " steps in "
            + seconds(root.span())
            + " s");
    lines.add(HEADER);
    add(root, step.time(), "", "");
    return String.join("\n", lines) + "\n";
  }

  private void add(TraceTree tree, Instant begin, String branch, String indent) {
    Step step = tree.step();
    lines.add(
        String.format(
                Locale.ROOT,
                "%6s s %6s ms %6s ms  %s%s",
                seconds(Duration.between(begin, step.time())),
                millis(tree.waited()),
                millis(step.duration()),
                branch,
                words(tree))
            .stripTrailing());
    var shown = new LinkedHashMap<String, Integer>();
    List<TraceTree> visible = new ArrayList<>();
    for (TraceTree effect : tree.effects()) {
      int alike = shown.merge(likeness(effect), 1, Integer::sum);
      if (alike <= mostAlike) {
        visible.add(effect);
      }
    }
    List<String> folded =
        shown.entrySet().stream()
            .filter(entry -> entry.getValue() > mostAlike)
            .map(entry -> "… " + (entry.getValue() - mostAlike) + " more: " + entry.getKey())
            .toList();
    for (int i = 0; i < visible.size(); i++) {
      boolean last = i == visible.size() - 1 && folded.isEmpty();
      add(visible.get(i), begin, indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
    }
    for (int i = 0; i < folded.size(); i++) {
      lines.add(" ".repeat(31) + indent + (i == folded.size() - 1 ? "└─ " : "├─ ") + folded.get(i));
    }
  }

  private static String words(TraceTree tree) {
    Step step = tree.step();
    var text = new StringBuilder();
    text.append(step.actor()).append(": ").append(step.verb()).append(' ');
    text.append(step.about().text());
    if (!step.note().isEmpty()) {
      text.append(", ").append(step.note());
    }
    if (step.failed()) {
      text.append(" FAILED ").append(step.code()).append(' ').append(step.reason());
    }
    if (step.revision() != 0) {
      text.append("  [").append(step.revision()).append(']');
    }
    if (!tree.otherCauses().isEmpty()) {
      List<Long> others = tree.otherCauses();
      text.append(" also because of ")
          .append(
              others.subList(0, Math.min(4, others.size())).toString().replaceAll("[\\[\\]]", ""))
          .append(others.size() > 4 ? ", …" : "");
    }
    return text.toString();
  }

  private static String likeness(TraceTree tree) {
    Step step = tree.step();
    return step.actor()
        + ": "
        + step.verb()
        + " "
        + step.about().resource()
        + (step.about().subresource().isEmpty() ? "" : " (" + step.about().subresource() + ")")
        + (step.failed() ? " failed" : "");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toNanos() / 1e6);
  }
}
