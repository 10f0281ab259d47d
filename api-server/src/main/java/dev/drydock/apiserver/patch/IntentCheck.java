package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an applied intent claims, and whether its lists and fields fit the schema.
final class IntentCheck {
  /// The name of an element that has no value for any key.
  private static final String NAMELESS = "k:{}";

  private static final String UNDECLARED = ": field not declared in schema";

  private IntentCheck() {}

  /// @throws ApiException 500, as Kubernetes answers, naming the first misfit
  static void check(ObjectNode intent, Schema schema) {
    misfit(intent, schema)
        .ifPresent(
            detail -> {
              throw refused(intent, detail);
            });
  }

  /// @throws ApiException 500, naming all fields that the schema does not declare
  static void checkDeclared(ObjectNode intent, Schema schema) {
    List<String> undeclared = new ArrayList<>();
    addUndeclared(intent, schema, "", undeclared);
    if (undeclared.size() == 1) {
      throw refused(intent, undeclared.getFirst());
    }
    if (!undeclared.isEmpty()) {
      throw refused(intent, "errors:\n  " + String.join("\n  ", undeclared));
    }
  }

  private static void addUndeclared(
      JsonNode value, @Nullable Schema schema, String path, List<String> found) {
    if (value instanceof ObjectNode) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        @Nullable Schema field = FieldShape.field(schema, entry.getKey());
        String below = path + "." + entry.getKey();
        if (field == null && declaresFields(schema)) {
          found.add(below + UNDECLARED);
        } else {
          addUndeclared(entry.getValue(), field, below, found);
        }
      }
    } else if (value instanceof ArrayNode && schema != null) {
      FieldShape shape = FieldShape.of(value, schema);
      @Nullable Schema element = FieldShape.element(schema);
      int position = 0;
      for (JsonNode each : value) {
        String name = shape == FieldShape.LEAF ? NAMELESS : shape.nameOf(each, schema);
        String at = name.equals(NAMELESS) ? "[" + position + "]" : shown(name);
        addUndeclared(each, element, path + at, found);
        position++;
      }
    }
  }

  private static boolean declaresFields(@Nullable Schema schema) {
    return schema != null && schema.type() == Schema.Type.OBJECT && !schema.properties().isEmpty();
  }

  /// An element's name as it stands in paths.
  private static String shown(String name) {
    var element = new FieldSet.Builder();
    element.child(name).own();
    var shown = new StringBuilder();
    element.build().eachPath(shown::append);
    return shown.toString();
  }

  /// The first misfit, with its path.
  static Optional<String> misfit(ObjectNode intent, Schema schema) {
    return Optional.ofNullable(find(intent, schema, ""));
  }

  private static @Nullable String find(JsonNode value, @Nullable Schema schema, String path) {
    return switch (FieldShape.of(value, schema)) {
      case LEAF -> null;
      case GRANULAR -> findInFields(value, schema, path);
      case SET -> findInElements(FieldShape.SET, value, schema, path);
      case KEYED -> findInElements(FieldShape.KEYED, value, schema, path);
    };
  }

  private static @Nullable String findInFields(
      JsonNode value, @Nullable Schema schema, String path) {
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      @Nullable Schema field = FieldShape.field(schema, name);
      if (field == null && declaresFields(schema)) {
        return path + "." + name + UNDECLARED;
      }
      @Nullable String below = find(entry.getValue(), field, path + "." + name);
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  private static @Nullable String findInElements(
      FieldShape shape, JsonNode list, @Nullable Schema schema, String path) {
    Set<String> seen = new HashSet<>();
    int position = 0;
    for (JsonNode each : list) {
      String name = shape.nameOf(each, schema);
      if (name.equals(NAMELESS) && schema != null) {
        return path
            + ": element "
            + position
            + ": associative list with keys has an element that omits key field \""
            + schema.facts().listMapKeys().getFirst()
            + "\" (and doesn't have default value)";
      }
      String shown = shown(name);
      if (!seen.add(name)) {
        return path + ": duplicate entries for key " + shown;
      }
      @Nullable String below = find(each, FieldShape.element(schema), path + shown);
      if (below != null) {
        return below;
      }
      position++;
    }
    return null;
  }

  private static ApiException refused(ObjectNode intent, String detail) {
    JsonNode metadata = intent.path("metadata");
    String namespace = metadata.path("namespace").asString("");
    String message =
        "failed to create typed patch object ("
            + (namespace.isEmpty() ? "" : namespace)
            + "/"
            + metadata.path("name").asString("")
            + "; "
            + intent.path("apiVersion").asString("")
            + ", Kind="
            + intent.path("kind").asString("")
            + "): "
            + detail;
    return new ApiException(Status.failure(StatusReason.UNKNOWN, message));
  }

  /// The fields that an intent claims: leaves and list elements, not the containers around them.
  static void own(JsonNode value, @Nullable Schema schema, FieldSet.Builder into) {
    FieldShape shape = FieldShape.of(value, schema);
    if (shape == FieldShape.LEAF || value.isEmpty()) {
      into.own();
    } else if (shape == FieldShape.GRANULAR) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        own(
            entry.getValue(),
            FieldShape.field(schema, entry.getKey()),
            into.child("f:" + entry.getKey()));
      }
    } else {
      @Nullable Schema element = FieldShape.element(schema);
      shape
          .parts(value, schema)
          .forEach((name, part) -> own(part, element, into.child(name).own()));
    }
  }
}
