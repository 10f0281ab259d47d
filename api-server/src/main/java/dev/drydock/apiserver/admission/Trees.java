package dev.drydock.apiserver.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Parts of objects that rules read and make.
final class Trees {
  private Trees() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode present ? present : parent.putObject(name);
  }

  static ArrayNode list(ObjectNode parent, String name) {
    return parent.get(name) instanceof ArrayNode present ? present : parent.putArray(name);
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").stringValue("");
  }

  static String annotation(JsonNode object, String key) {
    return object.path("metadata").path("annotations").path(key).stringValue("");
  }

  /// Adds a finalizer that is not there yet.
  static void hold(ObjectNode object, String finalizer) {
    ArrayNode finalizers = list(child(object, "metadata"), "finalizers");
    for (JsonNode present : finalizers) {
      if (present.stringValue("").equals(finalizer)) {
        return;
      }
    }
    finalizers.add(finalizer);
  }
}
