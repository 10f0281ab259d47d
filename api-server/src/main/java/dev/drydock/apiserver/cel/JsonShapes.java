package dev.drydock.apiserver.cel;

import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.cel.value.Shape.Field;
import dev.drydock.apiserver.cel.value.Shape.ListOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The shapes that structural OpenAPI schemas (of custom resources) declare.
public final class JsonShapes {
  /// A request has at most so many bytes, which bounds what is not bounded otherwise.
  static final long MAX_REQUEST = 3L * 1024 * 1024;

  private static final long BYTES_OF_CHARACTER = 4;
  private static final int DATE_SIZE = 12;
  private static final int DATE_TIME_SIZE = 27;
  private static final int DURATION_SIZE = 32;
  private static final int MAP_ENTRY = 6;
  private static final ObjectNode EMPTY = JsonNodeFactory.instance.objectNode();

  private final String prefix;

  private JsonShapes(String prefix) {
    this.prefix = prefix;
  }

  /// Whether a schema is that of an object with `apiVersion`, `kind` and `metadata`.
  public enum Place {
    RESOURCE,
    FIELD
  }

  /// Empty for a schema that expressions cannot see: one without a type.
  ///
  /// @param name prefix of the names of all object types in it
  public static Optional<Shape> of(JsonNode schema, Place place, String name) {
    return new JsonShapes(name).shape(schema, place, "");
  }

  /// How many values of a schema fit into one request: so often a rule runs at most.
  public static long mostInRequest(JsonNode schema) {
    return MAX_REQUEST / (minSize(schema, Place.FIELD) + 1);
  }

  private Optional<Shape> shape(JsonNode schema, Place place, String path) {
    if (schema.path("x-kubernetes-int-or-string").booleanValue(false)) {
      return Optional.of(Shape.DYN.withMaxSize(MAX_REQUEST - 2));
    }
    boolean resource =
        place == Place.RESOURCE
            || schema.path("x-kubernetes-embedded-resource").booleanValue(false);
    return switch (schema.path("type").stringValue("")) {
      case "array" -> list(schema, path);
      case "object" -> object(schema, resource, path);
      case "string" -> Optional.of(text(schema));
      case "boolean" -> Optional.of(Shape.BOOL);
      case "number" -> Optional.of(Shape.DOUBLE);
      case "integer" -> Optional.of(Shape.INT);
      default -> Optional.empty();
    };
  }

  private Optional<Shape> list(JsonNode schema, String path) {
    ListOrder order =
        switch (schema.path("x-kubernetes-list-type").stringValue("atomic")) {
          case "set" -> ListOrder.SET;
          case "map" -> ListOrder.MAP;
          default -> ListOrder.ATOMIC;
        };
    List<String> keys = new ArrayList<>();
    schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.stringValue("")));
    long most = (MAX_REQUEST - 2) / (minSize(schema.path("items"), Place.FIELD) + 1);
    return shape(schema.path("items"), Place.FIELD, path + ".@idx")
        .map(items -> Shape.list(items, order, keys).withMaxSize(limit(schema, "maxItems", most)));
  }

  private Optional<Shape> object(JsonNode schema, boolean resource, String path) {
    JsonNode values = schema.path("additionalProperties");
    if (values.isObject()) {
      long most = (MAX_REQUEST - 2) / (minSize(values, Place.FIELD) + MAP_ENTRY);
      return shape(values, Place.FIELD, path + ".@elem")
          .map(items -> Shape.map(items).withMaxSize(limit(schema, "maxProperties", most)));
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    JsonNode properties = schema.path("properties");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      add(fields, property.getKey(), property.getValue(), path);
    }
    if (resource) {
      fields.put("apiVersion", new Field("apiVersion", Shape.STRING.withMaxSize(MAX_REQUEST)));
      fields.put("kind", new Field("kind", Shape.STRING.withMaxSize(MAX_REQUEST)));
      fields.put("metadata", new Field("metadata", metadata(path)));
    }
    Map<String, Field> known = Map.copyOf(fields);
    return Optional.of(Shape.object(prefix + path, () -> known));
  }

  private Shape metadata(String path) {
    Map<String, Field> fields =
        Map.of(
            "name", new Field("name", Shape.STRING.withMaxSize(MAX_REQUEST)),
            "generateName", new Field("generateName", Shape.STRING.withMaxSize(MAX_REQUEST)));
    return Shape.object(prefix + path + ".metadata", () -> fields);
  }

  private void add(Map<String, Field> fields, String property, JsonNode schema, String path) {
    Optional<String> name = CelNames.escape(property);
    Optional<Shape> shape = shape(schema, Place.FIELD, path + "." + name.orElse(""));
    if (name.isPresent() && shape.isPresent()) {
      Shape of = shape.get();
      JsonNode choices = schema.path("enum");
      boolean limited = schema.has("maxLength");
      if (of.kind() == Shape.Kind.STRING && !limited && choices.isArray() && !choices.isEmpty()) {
        long longest = 0;
        for (JsonNode choice : choices) {
          longest = Math.max(longest, choice.stringValue("").length());
        }
        of = of.withMaxSize(longest);
      }
      fields.put(name.get(), new Field(property, of));
    }
  }

  private static Shape text(JsonNode schema) {
    return switch (schema.path("format").stringValue("")) {
      case "byte" -> Shape.BYTES.withMaxSize(limit(schema, "maxLength", MAX_REQUEST - 2));
      case "duration" -> Shape.DURATION.withMaxSize(DURATION_SIZE);
      case "date" -> Shape.TIMESTAMP.withMaxSize(DATE_SIZE);
      case "date-time" -> Shape.TIMESTAMP.withMaxSize(DATE_TIME_SIZE);
      default -> Shape.STRING.withMaxSize(bytes(schema));
    };
  }

  /// A text's length is given in characters, its size counts in bytes.
  private static long bytes(JsonNode schema) {
    return schema.path("maxLength").isIntegralNumber()
        ? schema.path("maxLength").longValue() * BYTES_OF_CHARACTER
        : MAX_REQUEST - 2;
  }

  private static long limit(JsonNode schema, String field, long otherwise) {
    JsonNode limit = schema.path(field);
    return limit.isIntegralNumber() ? limit.longValue() : otherwise;
  }

  /// Fewest bytes that a value takes in JSON.
  private static long minSize(JsonNode schema, Place place) {
    if (schema.path("x-kubernetes-int-or-string").booleanValue(false)) {
      return 1;
    }
    return switch (schema.path("type").stringValue("")) {
      case "array", "string" -> 2;
      case "boolean" -> 4;
      case "object" -> minObject(schema, place);
      default -> 1;
    };
  }

  private static long minObject(JsonNode schema, Place place) {
    long size = 2;
    for (JsonNode required : schema.path("required")) {
      String name = required.stringValue("");
      JsonNode property = schema.path("properties").path(name);
      JsonNode of = property.isMissingNode() ? EMPTY : property;
      if (!of.has("default")) {
        size += name.length() + 4L + minSize(of, place);
      }
    }
    return size;
  }
}
