package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.WriteOptions.FieldValidation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Request bodies as trees, by their content type: JSON, YAML, Kubernetes' protobuf.
final class Bodies {
  private final ProtobufCodec protobuf;

  Bodies(ProtobufCodec protobuf) {
    this.protobuf = protobuf;
  }

  /// @param kind what must stand in it, for messages
  ObjectNode object(RestRequest request, String kind, FieldCheck check) {
    if (request.body().length == 0) {
      throw ApiException.badRequest("the request body is empty: expected an object: " + kind);
    }
    String type = mediaType(request);
    return switch (type) {
      case "", "application/json" -> json(request.body(), kind, check);
      case "application/yaml", "text/yaml" -> yaml(request.body(), kind, check);
      case ProtobufCodec.CONTENT_TYPE -> protobuf.read(request.body());
      default ->
          throw ApiException.of(
              StatusReason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types"
                  + " include: application/json, application/yaml,"
                  + " application/vnd.kubernetes.protobuf");
    };
  }

  /// What is done about fields that come twice.
  record FieldCheck(FieldValidation validation, Consumer<String> warnings) {
    static final FieldCheck NONE = new FieldCheck(FieldValidation.IGNORE, _ -> {});

    void duplicates(List<String> fields) {
      switch (validation) {
        case IGNORE -> {}
        case WARN -> fields.forEach(field -> warnings.accept("duplicate field \"" + field + "\""));
        case STRICT -> {
          if (!fields.isEmpty()) {
            throw ApiException.badRequest(
                fields.stream()
                    .map(field -> "duplicate field \"" + field + "\"")
                    .collect(Collectors.joining(", ", "strict decoding error: ", "")));
          }
        }
      }
    }
  }

  /// The options in the body of a delete; null: there is none.
  @Nullable JsonNode deleteOptions(RestRequest request) {
    return request.body().length == 0 ? null : object(request, "DeleteOptions", FieldCheck.NONE);
  }

  PatchBody patch(RestRequest request) {
    String type = mediaType(request);
    boolean apply = type.equals("application/apply-patch+yaml");
    var conflicts = Options.conflicts(request.query(), apply);
    return switch (type) {
      case "application/json-patch+json" -> {
        JsonNode document = patchDocument(request);
        if (!document.isArray()) {
          throw ApiException.badRequest("json: cannot unmarshal into a JSON patch: no array");
        }
        yield new PatchBody.Json(document);
      }
      case "application/merge-patch+json" -> new PatchBody.Merge(patchDocument(request));
      case "application/strategic-merge-patch+json" ->
          new PatchBody.StrategicMerge(patchDocument(request));
      case "application/apply-patch+yaml" ->
          new PatchBody.Apply(
              YamlCodec.decode(new String(request.body(), StandardCharsets.UTF_8)).tree(),
              conflicts.orElse(PatchBody.Conflicts.FAIL));
      default ->
          throw ApiException.of(
              StatusReason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types"
                  + " include: application/json-patch+json, application/merge-patch+json,"
                  + " application/strategic-merge-patch+json, application/apply-patch+yaml");
    };
  }

  private static JsonNode patchDocument(RestRequest request) {
    try {
      return TreeCodec.readValue(request.body());
    } catch (ApiException malformed) {
      throw ApiException.badRequest("error decoding patch: " + malformed.getMessage());
    }
  }

  private static ObjectNode json(byte[] body, String kind, FieldCheck check) {
    TreeCodec.Decoded decoded;
    try {
      decoded = TreeCodec.decode(body, 0, body.length);
    } catch (ApiException malformed) {
      throw unrecognized(kind, malformed.getMessage() + " (" + hexStart(body) + ")");
    }
    check.duplicates(decoded.duplicates());
    return decoded.tree();
  }

  private static ObjectNode yaml(byte[] body, String kind, FieldCheck check) {
    TreeCodec.Decoded decoded;
    try {
      decoded = YamlCodec.decode(new String(body, StandardCharsets.UTF_8));
    } catch (ApiException malformed) {
      throw unrecognized(kind, malformed.status().message());
    }
    check.duplicates(decoded.duplicates());
    return decoded.tree();
  }

  private static ApiException unrecognized(String kind, String problem) {
    return ApiException.badRequest(
        "the object provided is unrecognized (must be of type " + kind + "): " + problem);
  }

  private static String hexStart(byte[] body) {
    var out = new StringBuilder();
    for (int i = 0; i < Math.min(body.length, 10); i++) {
      out.append(String.format(Locale.ROOT, "%02x", body[i]));
    }
    return body.length > 10 ? out + " ..." : out.toString();
  }

  private static String mediaType(RestRequest request) {
    String header = request.header("Content-Type");
    int semicolon = header.indexOf(';');
    return (semicolon < 0 ? header : header.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
