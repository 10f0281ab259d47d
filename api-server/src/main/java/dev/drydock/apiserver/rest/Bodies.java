package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.GoNames;
import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.PatchBody;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Request bodies as trees, by their content type: JSON, YAML, Kubernetes' protobuf.
final class Bodies {
  /// As much of a body that can't be read is shown, in bytes.
  private static final int BEGINNING = 30;

  private final ProtobufCodec protobuf;

  Bodies(ProtobufCodec protobuf) {
    this.protobuf = protobuf;
  }

  /// A patch and what was wrong with it but did not keep it from being read, in the words that
  /// clients are told.
  record Patch(PatchBody body, List<String> lapses) {}

  /// @param kind what must stand in it, for messages
  TreeCodec.Decoded object(RestRequest request, String kind) {
    String type = mediaType(request);
    return switch (type) {
      case "", "application/json" -> json(request.body(), kind);
      case "application/yaml", "text/yaml" -> yaml(request.body(), kind);
      case ProtobufCodec.CONTENT_TYPE ->
          new TreeCodec.Decoded(protobuf.read(request.body()), List.of());
      default ->
          throw ApiException.of(
              StatusReason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types"
                  + " include: application/json, application/yaml,"
                  + " application/vnd.kubernetes.protobuf");
    };
  }

  /// The options in the body of a delete; null: there is none.
  @Nullable JsonNode deleteOptions(RestRequest request) {
    return request.body().length == 0 ? null : object(request, "DeleteOptions").tree();
  }

  Patch patch(RestRequest request) {
    String type = mediaType(request);
    boolean apply = type.equals("application/apply-patch+yaml");
    var conflicts = Options.conflicts(request.query(), apply);
    return switch (type) {
      case "application/json-patch+json" -> patch(request, PatchBody.Json::new);
      case "application/merge-patch+json" -> patch(request, PatchBody.Merge::new);
      case "application/strategic-merge-patch+json" ->
          patch(request, PatchBody.StrategicMerge::new);
      case "application/apply-patch+yaml" ->
          intent(request, conflicts.orElse(PatchBody.Conflicts.FAIL));
      default ->
          throw ApiException.of(
              StatusReason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types"
                  + " include: application/json-patch+json, application/merge-patch+json,"
                  + " application/strategic-merge-patch+json, application/apply-patch+yaml");
    };
  }

  private static Patch patch(RestRequest request, Function<JsonNode, PatchBody> type) {
    try {
      TreeCodec.DecodedValue document = TreeCodec.decodeValue(request.body());
      return new Patch(
          type.apply(document.value()), SchemaDecoding.duplicate(document.duplicates()));
    } catch (ApiException malformed) {
      throw ApiException.badRequest("error decoding patch: " + malformed.getMessage());
    }
  }

  /// A document without content is an object without fields.
  private static Patch intent(RestRequest request, PatchBody.Conflicts conflicts) {
    TreeCodec.DecodedValue document;
    try {
      document = YamlCodec.decodeValue(new String(request.body(), StandardCharsets.UTF_8));
    } catch (ApiException malformed) {
      throw ApiException.badRequest("error decoding YAML: " + malformed.getMessage());
    }
    JsonNode value = document.value();
    if (!value.isObject() && !value.isNull()) {
      throw ApiException.badRequest(
          "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot"
              + " unmarshal "
              + GoNames.of(value.getNodeType())
              + " into Go value of type map[string]interface {}");
    }
    JsonNode intent = value.isNull() ? JsonNodeFactory.instance.objectNode() : value;
    return new Patch(new PatchBody.Apply(intent, conflicts), document.duplicates());
  }

  private static TreeCodec.Decoded json(byte[] body, String kind) {
    try {
      return TreeCodec.decodeNamed(body);
    } catch (ApiException malformed) {
      throw unrecognized(kind, malformed.status().message(), body);
    }
  }

  private static TreeCodec.Decoded yaml(byte[] body, String kind) {
    try {
      return YamlCodec.decode(new String(body, StandardCharsets.UTF_8));
    } catch (ApiException malformed) {
      throw unrecognized(kind, malformed.status().message(), body);
    }
  }

  private static ApiException unrecognized(String kind, String problem, byte[] body) {
    return ApiException.badRequest(
        "the object provided is unrecognized (must be of type "
            + kind
            + "): "
            + problem
            + " ("
            + beginning(body)
            + ")");
  }

  /// What looks like JSON as it is, all else in hexadecimal digits.
  private static String beginning(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    int shown = Math.min(body.length, BEGINNING);
    String text =
        body[0] == '{'
            ? new String(body, 0, shown, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(body, 0, shown);
    return body.length > BEGINNING ? text + " ..." : text;
  }

  private static String mediaType(RestRequest request) {
    String header = request.header("Content-Type");
    int semicolon = header.indexOf(';');
    return (semicolon < 0 ? header : header.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
