package dev.drydock.apiserver.fuzz;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.codec.TreeCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One request with a spoilt body.
///
/// @param victim which object, counted round and round
/// @param query which parameters
record Attack(
    int victim,
    Form form,
    String subresource,
    List<Mutation> mutations,
    List<Scratch> scratches,
    int query) {
  private static final List<String> QUERIES =
      List.of(
          "",
          "?dryRun=All",
          "?fieldValidation=Strict",
          "?fieldManager=me&fieldValidation=Ignore",
          "?dryRun=Odd&fieldValidation=Odd",
          "?pretty=true&dryRun=All&fieldManager=%00");

  /// Method and content type.
  enum Form {
    CREATE("POST", "application/json"),
    CREATE_YAML("POST", "application/yaml"),
    CREATE_PROTOBUF("POST", ProtobufCodec.CONTENT_TYPE),
    UPDATE("PUT", "application/json"),
    UPDATE_YAML("PUT", "application/yaml"),
    JSON_PATCH("PATCH", "application/json-patch+json"),
    MERGE("PATCH", "application/merge-patch+json"),
    STRATEGIC("PATCH", "application/strategic-merge-patch+json"),
    APPLY("PATCH", "application/apply-patch+yaml"),
    DELETE("DELETE", "application/json");

    private final String method;
    private final String contentType;

    Form(String method, String contentType) {
      this.method = method;
      this.contentType = contentType;
    }
  }

  /// A byte that is put in place of another, before it, or a cut there.
  record Scratch(int kind, int where, byte what) {
    byte[] on(byte[] body) {
      int at = body.length == 0 ? 0 : where % body.length;
      var out = new ByteArrayOutputStream();
      out.write(body, 0, at);
      switch (kind % 4) {
        case 0 -> out.write(what);
        case 1 -> {
          out.write(what);
          out.write(body, at, body.length - at);
          return out.toByteArray();
        }
        case 2 -> {
          return out.toByteArray();
        }
        default -> {}
      }
      out.write(body, Math.min(at + 1, body.length), Math.max(0, body.length - at - 1));
      return out.toByteArray();
    }
  }

  RawClient.Reply strike(RawClient client, List<Victim> victims) {
    Victim chosen = victims.get(victim % victims.size());
    byte[] body = body(chosen);
    for (Scratch scratch : scratches) {
      body = scratch.on(body);
    }
    return client.send(form.method, target(chosen), form.contentType, body);
  }

  private String target(Victim chosen) {
    boolean creates = form.method.equals("POST") && subresource.isEmpty();
    String path = creates ? chosen.collection() : chosen.path() + subresource;
    boolean keeps = chosen.isRule() || form == Form.DELETE;
    String parameters = keeps ? "?dryRun=All" : QUERIES.get(query % QUERIES.size());
    if (form == Form.APPLY && !parameters.contains("fieldManager")) {
      parameters += (parameters.isEmpty() ? "?" : "&") + "fieldManager=f&force=true";
    }
    return path + parameters;
  }

  private byte[] body(Victim chosen) {
    ObjectNode object = chosen.object().deepCopy();
    for (Mutation mutation : mutations) {
      mutation.spoil(object, chosen.schema());
    }
    return switch (form) {
      case JSON_PATCH -> TreeCodec.write(operations(object));
      case CREATE_PROTOBUF -> protobuf(chosen, TreeCodec.write(object));
      case DELETE -> TreeCodec.write(options(object));
      case CREATE, CREATE_YAML, UPDATE, UPDATE_YAML, MERGE, STRATEGIC, APPLY ->
          TreeCodec.write(object);
    };
  }

  /// Every top field as an operation, and some that nobody expects.
  private static JsonNode operations(ObjectNode object) {
    var patch = JsonNodeFactory.instance.arrayNode();
    object
        .properties()
        .forEach(
            field ->
                patch
                    .addObject()
                    .put("op", field.getKey().length() % 2 == 0 ? "add" : "replace")
                    .put("path", "/" + field.getKey())
                    .set("value", field.getValue()));
    return patch;
  }

  private static JsonNode options(ObjectNode object) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("kind", "DeleteOptions").put("apiVersion", "v1");
    options.set("gracePeriodSeconds", object.path("spec"));
    options.set("preconditions", object.path("metadata"));
    return options;
  }

  /// A right envelope around what is no message of the kind.
  private static byte[] protobuf(Victim chosen, byte[] raw) {
    var type = new ByteArrayOutputStream();
    field(type, 1, chosen.type().apiVersion().getBytes(StandardCharsets.UTF_8));
    field(type, 2, chosen.type().kind().getBytes(StandardCharsets.UTF_8));
    var meta = new ByteArrayOutputStream();
    field(meta, 1, "p".getBytes(StandardCharsets.UTF_8));
    var message = new ByteArrayOutputStream();
    field(message, 1, meta.toByteArray());
    for (int i = 0; i < raw.length - 8 && i < 64; i += 8) {
      field(message, 2 + i / 16, java.util.Arrays.copyOfRange(raw, i, i + raw[i] % 8 + 1));
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'k', '8', 's', 0});
    field(out, 1, type.toByteArray());
    field(out, 2, message.toByteArray());
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write((number << 3) | 2);
    int left = value.length;
    while (left > 127) {
      out.write((left & 127) | 128);
      left >>= 7;
    }
    out.write(left);
    out.writeBytes(value);
  }
}
