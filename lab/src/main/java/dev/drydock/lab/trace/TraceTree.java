package dev.drydock.lab.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// A step with everything that it led to.
///
/// An effect often has several causes (six pods became ready, one rule set followed). It stands
/// once, below the newest of its causes, since only then could it happen; the others are named.
///
/// @param waited from the end of the cause to the beginning of this step
/// @param otherCauses revisions beside the one it stands below
/// @param effects in order of time
public record TraceTree(
    Step step, Duration waited, List<Long> otherCauses, List<TraceTree> effects) {
  public TraceTree {
    otherCauses = List.copyOf(otherCauses);
    effects = List.copyOf(effects);
  }

  /// The trees of the steps that nothing in the ledger caused and that match.
  ///
  /// @param ledger all entries, in order
  public static List<TraceTree> roots(List<Step> ledger, Predicate<Step> wanted) {
    var byRevision = new HashMap<Long, Step>();
    for (Step step : ledger) {
      if (step.revision() != 0) {
        byRevision.putIfAbsent(step.revision(), step);
      }
    }
    var effects = new HashMap<Long, List<Step>>();
    var roots = new ArrayList<Step>();
    for (Step step : ledger) {
      Optional<Step> cause = newestCause(step, byRevision);
      if (cause.isPresent()) {
        effects.computeIfAbsent(cause.orElseThrow().revision(), _ -> new ArrayList<>()).add(step);
      } else if (wanted.test(step)) {
        roots.add(step);
      }
    }
    return roots.stream().map(root -> tree(root, Duration.ZERO, 0, effects)).toList();
  }

  /// How many steps there are, this one included.
  public int size() {
    return 1 + effects.stream().mapToInt(TraceTree::size).sum();
  }

  /// From the beginning of this step to the end of the last one that it led to.
  public Duration span() {
    return Duration.between(step.time(), lastEnd());
  }

  private Instant lastEnd() {
    return effects.stream()
        .map(TraceTree::lastEnd)
        .max(Comparator.naturalOrder())
        .filter(end -> end.isAfter(step.end()))
        .orElse(step.end());
  }

  /// A cause is always older than its effect, so that the tree can't have a cycle.
  private static Optional<Step> newestCause(Step step, Map<Long, Step> byRevision) {
    return step.causes().stream()
        .filter(revision -> step.revision() == 0 || revision < step.revision())
        .sorted(Comparator.reverseOrder())
        .map(byRevision::get)
        .filter(Objects::nonNull)
        .filter(cause -> cause.sequence() != step.sequence())
        .findFirst();
  }

  private static TraceTree tree(
      Step step, Duration waited, long below, Map<Long, List<Step>> effects) {
    List<TraceTree> children =
        step.revision() == 0
            ? List.of()
            : effects.getOrDefault(step.revision(), List.of()).stream()
                .sorted(Comparator.comparing(Step::time))
                .map(
                    effect ->
                        tree(
                            effect,
                            Duration.between(step.end(), effect.time()),
                            step.revision(),
                            effects))
                .toList();
    List<Long> others = step.causes().stream().filter(cause -> cause != below).toList();
    return new TraceTree(step, waited, below == 0 ? List.of() : others, children);
  }
}
