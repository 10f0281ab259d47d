package dev.drydock.apiserver.patch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// RFC 7386.
final class MergePatch {
  private MergePatch() {}

  static ObjectNode apply(ObjectNode before, ObjectNode patch) {
    ObjectNode result = before.deepCopy();
    mergeInto(result, patch);
    return result;
  }

  private static void mergeInto(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode nested) {
        @Nullable JsonNode present = target.get(name);
        ObjectNode merged = present instanceof ObjectNode object ? object : target.objectNode();
        mergeInto(merged, nested);
        target.set(name, merged);
      } else {
        target.set(name, value.deepCopy());
      }
    }
  }
}
