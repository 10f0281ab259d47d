package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lays a part of an object over the whole as server-side apply does, without an owner: for those
/// who must not take away what they do not name.
final class StructuredMerge {
  private StructuredMerge() {}

  static ObjectNode apply(ObjectNode live, ObjectNode part, Schema schema) {
    ObjectNode whole = part.deepCopy();
    whole.set("apiVersion", live.path("apiVersion"));
    whole.set("kind", live.path("kind"));
    TypedCheck.problem(whole, schema)
        .ifPresent(
            detail -> {
              throw refused("failed to convert patch object to typed object: " + detail);
            });
    List<String> atomics = new ArrayList<>();
    findAtomics(whole, schema, "", atomics);
    if (!atomics.isEmpty()) {
      throw refused(
          "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
              + String.join(", ", atomics));
    }
    return (ObjectNode) ApplyMerge.merge(live, whole, schema);
  }

  /// What would replace the whole of something, perhaps without meaning to.
  private static void findAtomics(
      JsonNode value, @Nullable Schema schema, String path, List<String> found) {
    if (value instanceof ObjectNode) {
      if (FieldShape.of(value, schema) == FieldShape.LEAF) {
        found.add(path);
      }
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        findAtomics(
            field.getValue(),
            FieldShape.field(schema, field.getKey()),
            path + "." + field.getKey(),
            found);
      }
    } else if (value instanceof ArrayNode && schema != null) {
      if (FieldShape.of(value, schema) == FieldShape.LEAF) {
        found.add(path);
      }
      int position = 0;
      for (JsonNode each : value) {
        findAtomics(each, FieldShape.element(schema), path + "[" + position++ + "]", found);
      }
    }
  }

  private static ApiException refused(String detail) {
    return ApiException.badRequest("error applying patch: " + detail);
  }
}
