package dev.drydock.apiserver.typecheck;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.cel.CelNames;
import dev.drydock.apiserver.cel.value.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What expressions may assume of objects, from their schemas. For one check and its thread;
/// shapes are made when somebody looks, since schemas may be recursive.
final class SchemaShapes {
  private static final GroupVersionKind ANY = new GroupVersionKind("", "v1", "ConfigMap");

  private final Map<String, Shape> byName = new HashMap<>();

  /// The shape of a whole object.
  ///
  /// @param name of its type; unique among all of this check
  Shape object(Schema schema, String name) {
    Shape shape =
        Shape.object(
            name,
            () -> {
              Map<String, Shape.Field> fields = fields(schema, name);
              fields.put("apiVersion", new Shape.Field("apiVersion", Shape.STRING));
              fields.put("kind", new Shape.Field("kind", Shape.STRING));
              Schemas.builtIn()
                  .kind(ANY)
                  .map(any -> any.properties().get("metadata"))
                  .ifPresent(
                      metadata ->
                          fields.put(
                              "metadata",
                              new Shape.Field("metadata", of(metadata, name + ".metadata"))));
              return fields;
            });
    byName.put(name, shape);
    return shape;
  }

  /// A shape by the name of its type as CEL writes it; everything for what is not known.
  Shape named(String type) {
    if (type.startsWith("list(") && type.endsWith(")")) {
      return Shape.list(named(type.substring(5, type.length() - 1)));
    }
    return switch (type) {
      case "bool" -> Shape.BOOL;
      case "int" -> Shape.INT;
      case "double" -> Shape.DOUBLE;
      case "string" -> Shape.STRING;
      default -> byName.getOrDefault(type, Shape.DYN);
    };
  }

  private Shape of(Schema schema, String path) {
    return switch (schema.type()) {
      case OBJECT -> schema.properties().isEmpty() ? Shape.DYN : structure(schema, path);
      case MAP -> Shape.map(schema.items().map(i -> of(i, path + ".@elem")).orElse(Shape.DYN));
      case ARRAY -> Shape.list(schema.items().map(i -> of(i, path + ".@idx")).orElse(Shape.DYN));
      case STRING -> text(schema.facts().format());
      case INTEGER -> Shape.INT;
      case NUMBER -> Shape.DOUBLE;
      case BOOLEAN -> Shape.BOOL;
      case INT_OR_STRING, QUANTITY, ANY -> Shape.DYN;
    };
  }

  private Shape structure(Schema schema, String path) {
    String name = schema.definition().orElse(path);
    Shape known = byName.get(name);
    if (known != null) {
      return known;
    }
    Shape made = Shape.object(name, () -> fields(schema, name));
    byName.put(name, made);
    return made;
  }

  private Map<String, Shape.Field> fields(Schema schema, String path) {
    Map<String, Shape.Field> fields = new LinkedHashMap<>();
    schema
        .properties()
        .forEach(
            (property, of) -> {
              Optional<String> name = CelNames.escape(property);
              name.ifPresent(
                  field ->
                      fields.put(field, new Shape.Field(property, of(of, path + "." + field))));
            });
    return fields;
  }

  private static Shape text(String format) {
    return switch (format) {
      case "byte" -> Shape.BYTES;
      case "date-time", "micro-time", "date" -> Shape.TIMESTAMP;
      case "duration" -> Shape.DURATION;
      default -> Shape.STRING;
    };
  }
}
