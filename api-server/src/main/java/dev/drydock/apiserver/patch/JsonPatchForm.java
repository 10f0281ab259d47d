package dev.drydock.apiserver.patch;

import dev.drydock.api.codec.GoNames;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Whether a document is a JSON patch, in the words of the real server and its library.
final class JsonPatchForm {
  private static final List<String> TEXTS = List.of("op", "path", "from");
  private static final Set<String> MEMBERS = Set.of("op", "path", "from", "value");

  private JsonPatchForm() {}

  /// The operations of a patch, each with all that belongs to it.
  ///
  /// @throws ApiException `BadRequest`
  static ArrayNode operations(JsonNode patch) {
    if (patch.isNull()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    if (!(patch instanceof ArrayNode operations)) {
      throw cannotUnmarshal(patch, "value of type []handlers.jsonPatchOp");
    }
    operations.forEach(JsonPatchForm::checkTypes);
    operations.forEach(JsonPatchForm::checkMembers);
    return operations;
  }

  /// Members of operations that nobody knows, after what was wrong with the text.
  static List<String> lapses(JsonNode patch, List<String> textual) {
    List<String> unknown = new ArrayList<>();
    int position = 0;
    for (JsonNode operation : patch) {
      for (Map.Entry<String, JsonNode> member : operation.properties()) {
        if (!MEMBERS.contains(member.getKey())) {
          unknown.add("[" + position + "]." + member.getKey());
        }
      }
      position++;
    }
    return Stream.of(textual, SchemaDecoding.unknown(unknown))
        .flatMap(List::stream)
        .map(lapse -> "json patch " + lapse)
        .toList();
  }

  private static void checkTypes(JsonNode operation) {
    if (!operation.isObject() && !operation.isNull()) {
      throw cannotUnmarshal(operation, "value of type handlers.jsonPatchOp");
    }
    for (String member : TEXTS) {
      JsonNode value = operation.path(member);
      if (!value.isString() && !value.isNull() && !value.isMissingNode()) {
        throw cannotUnmarshal(value, "struct field jsonPatchOp." + member + " of type string");
      }
    }
  }

  private static ApiException cannotUnmarshal(JsonNode value, String into) {
    return ApiException.badRequest(
        "error decoding patch: json: cannot unmarshal "
            + GoNames.of(value.getNodeType())
            + " into Go "
            + into);
  }

  private static void checkMembers(JsonNode operation) {
    String problem =
        switch (operation.path("op").asString("")) {
          case "add", "replace" -> misses(operation, "value", "operation, ");
          case "move", "copy" -> misses(operation, "from", "operation, ");
          case "remove", "test" -> "";
          default -> "unsupported operation";
        };
    if (problem.isEmpty()) {
      problem = misses(operation, "path", "operation ");
    }
    if (!problem.isEmpty()) {
      String shown = new String(TreeCodec.write(operation), StandardCharsets.UTF_8);
      throw ApiException.badRequest("invalid operation " + shown + ": " + problem);
    }
  }

  private static String misses(JsonNode operation, String member, String who) {
    return operation.has(member)
        ? ""
        : "failed to decode '"
            + member
            + "': "
            + who
            + "missing "
            + member
            + " field: missing value";
  }
}
