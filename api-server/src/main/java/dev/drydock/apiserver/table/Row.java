package dev.drydock.apiserver.table;

import dev.drydock.api.time.HumanDuration;
import dev.drydock.api.time.KubernetesTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An object while its cells are filled. Places in it are JSON pointers; what is absent reads as
/// empty, zero or nothing.
///
/// For one thread, and no longer than one table.
final class Row {
  static final String NONE = "<none>";
  static final String UNKNOWN = "<unknown>";
  static final String UNSET = "<unset>";

  private final JsonNode object;
  private final Instant now;
  private @Nullable PodSummary pod;

  /// @param now what ages count from
  Row(JsonNode object, Instant now) {
    this.object = object;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /// The object as a pod; several columns show parts of the same summary.
  PodSummary pod() {
    PodSummary known = pod;
    if (known == null) {
      known = PodSummary.of(this);
      pod = known;
    }
    return known;
  }

  /// Walks itself: compiling a pointer for each cell of a long list would cost more than the cell.
  JsonNode at(String pointer) {
    JsonNode node = object;
    for (int start = 1; start <= pointer.length() && !node.isMissingNode(); ) {
      int slash = pointer.indexOf('/', start);
      int end = slash < 0 ? pointer.length() : slash;
      String step = pointer.substring(start, end);
      if (step.indexOf('~') >= 0) {
        step = step.replace("~1", "/").replace("~0", "~");
      }
      node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
      start = end + 1;
    }
    return node;
  }

  String name() {
    return text("/metadata/name");
  }

  /// The value as text, numbers too; empty when it is absent.
  String text(String pointer) {
    return at(pointer).asString("");
  }

  /// The value as text, or what stands for its absence.
  String textOr(String pointer, String absent) {
    String text = text(pointer);
    return text.isEmpty() ? absent : text;
  }

  long number(String pointer) {
    return at(pointer).asLong(0);
  }

  boolean has(String pointer) {
    return !at(pointer).isMissingNode();
  }

  boolean isTrue(String pointer) {
    return at(pointer).asBoolean(false);
  }

  /// `true` and `false` as Go prints them in tables of booleans.
  String capitalTruth(String pointer) {
    return isTrue(pointer) ? "True" : "False";
  }

  boolean isBeingDeleted() {
    return has("/metadata/deletionTimestamp");
  }

  /// How long ago, or `<unknown>`.
  String ago(String pointer) {
    return agoOr(pointer, UNKNOWN);
  }

  String agoOr(String pointer, String absent) {
    Instant time = KubernetesTime.parseOrEpoch(text(pointer));
    return time.equals(Instant.EPOCH) ? absent : ago(time);
  }

  String ago(Instant time) {
    return HumanDuration.format(Duration.between(time, now));
  }

  /// The texts in a list.
  List<String> texts(String pointer) {
    return texts(at(pointer), "");
  }

  /// The texts at one place in each element of a list.
  List<String> texts(String list, String inElement) {
    return texts(at(list), inElement);
  }

  private static List<String> texts(JsonNode list, String inElement) {
    var texts = new ArrayList<String>();
    for (JsonNode element : list) {
      texts.add((inElement.isEmpty() ? element : element.path(inElement)).asString(""));
    }
    return texts;
  }

  /// Status of a condition: `True`, `False`, `Unknown`, or empty when it is absent.
  String condition(String type) {
    for (JsonNode condition : at("/status/conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("");
      }
    }
    return "";
  }

  boolean hasCondition(String type) {
    return condition(type).equals("True");
  }

  /// Joined by commas, or `<none>`.
  static String joined(List<String> texts) {
    return texts.isEmpty() ? NONE : String.join(",", texts);
  }

  /// At most that many, then how many more there are.
  static String limited(List<String> texts, int limit) {
    if (texts.size() <= limit) {
      return joined(texts);
    }
    return joined(texts.subList(0, limit)) + " + " + (texts.size() - limit) + " more...";
  }
}
