package dev.drydock.apiserver.schema;

import dev.drydock.api.schema.UnreadableException;
import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whole objects inside custom resources (`x-kubernetes-embedded-resource`).
public final class Embedded {

  /// What is done with each embedded object.
  private interface Visitor {
    void visit(ObjectNode object, String path);
  }

  private Embedded() {}

  /// Brings the metadata of embedded objects into form.
  ///
  /// @return paths of unknown fields that are gone
  /// @throws UnreadableException for a value of the wrong type
  public static List<String> decode(ObjectNode object, SchemaNode schema) {
    var unknown = new ArrayList<String>();
    walk(
        object,
        schema,
        "",
        (each, path) -> {
          for (String name : List.of("apiVersion", "kind")) {
            if (each.has(name) && !each.path(name).isString()) {
              throw unreadable(path + "." + name, each.path(name), "must be a string");
            }
          }
          try {
            ObjectMetadata.decode(each).forEach(gone -> unknown.add(path + "." + gone));
          } catch (UnreadableException e) {
            throw unreadable(path + ".metadata", each.path("metadata"), e.problem());
          }
        });
    return unknown;
  }

  private static UnreadableException unreadable(String path, JsonNode value, String problem) {
    return new UnreadableException(FieldError.invalid(path, value, problem).toString());
  }

  /// What embedded objects lack.
  public static List<FieldError> check(ObjectNode object, SchemaNode schema) {
    var errors = new ArrayList<FieldError>();
    walk(
        object,
        schema,
        "",
        (each, path) -> {
          for (String name : List.of("apiVersion", "kind")) {
            JsonNode given = each.path(name);
            if (given.isMissingNode()) {
              errors.add(FieldError.required(path + "." + name, ""));
            } else if (given.stringValue("").isEmpty()) {
              errors.add(FieldError.invalid(path + "." + name, "", "must not be empty"));
            }
          }
        });
    return errors;
  }

  private static void walk(
      JsonNode value, @Nullable SchemaNode schema, String path, Visitor visitor) {
    if (schema == null) {
      return;
    }
    if (value instanceof ObjectNode object) {
      if (schema.isEmbedded() && !path.isEmpty()) {
        visitor.visit(object, path);
      }
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        walk(entry.getValue(), schema.property(entry.getKey()), at, visitor);
      }
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        walk(array.get(i), schema.items(), path + "[" + i + "]", visitor);
      }
    }
  }
}
