package dev.drydock.apiserver.registry.event;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Events as the core group has them, and as `events.k8s.io` has them: the same facts under
/// other names.
public final class EventConversion {
  private static final Map<String, String> CORE_NAMES =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private EventConversion() {}

  /// From `events.k8s.io/v1` to `v1`, in place.
  public static ObjectNode toCore(ObjectNode event) {
    CORE_NAMES.forEach((name, coreName) -> rename(event, name, coreName));
    return event;
  }

  /// From `v1` to `events.k8s.io/v1`, in place.
  public static ObjectNode toEvents(ObjectNode event) {
    CORE_NAMES.forEach((name, coreName) -> rename(event, coreName, name));
    return event;
  }

  private static void rename(ObjectNode object, String from, String to) {
    JsonNode value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
