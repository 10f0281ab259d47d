package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.patch.FieldManagement;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import dev.drydock.apiserver.registry.strategy.Traits.FirstStatus;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.WriteOptions;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What clients send becomes what is stored: the right kind, only known fields of the right
/// types, in the stored version, with defaults.
final class Bodies {

  /// What a body is for.
  enum Occasion {
    CREATE,
    CHANGE
  }

  /// The metadata of a body; made where there is none.
  static ObjectNode metadata(ObjectNode body) {
    JsonNode metadata = body.get("metadata");
    if (metadata != null && !metadata.isObject() && !metadata.isNull()) {
      throw ApiException.badRequest(
          "the object provided is unrecognized: json: cannot unmarshal "
              + metadata.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
              + " into Go struct field .metadata of type v1.ObjectMeta");
    }
    return Trees.child(body, "metadata");
  }

  /// How a body is refused whose fields are not all known.
  @FunctionalInterface
  interface Refusal {
    /// @param unknown paths of fields
    ApiException of(List<String> unknown);
  }

  /// @param body taken over
  /// @return in the stored version, with defaults
  ObjectNode accept(Request request, ObjectNode body, Occasion occasion) {
    return accept(request, body, occasion, strictly(request));
  }

  /// @param body taken over
  /// @param refusal where the client is strict
  /// @return in the stored version, with defaults
  ObjectNode accept(Request request, ObjectNode body, Occasion occasion, Refusal refusal) {
    checkAddress(request, body);
    List<String> unknown = request.as().bodies().decode(body);
    judge(request.context(), request.options(), unknown, refusal);
    Resource resource = request.resource();
    ObjectNode object = request.as().conversion().toStored().apply(body);
    object.put("apiVersion", resource.type().apiVersion());
    object.put("kind", resource.type().kind());
    if (occasion == Occasion.CREATE
        && resource.hasStatus()
        && resource.strategy().traits().firstStatus() == FirstStatus.SERVER) {
      object.remove("status");
    }
    applyDefaults(resource, object);
    return object;
  }

  /// Like [#accept], but in the client's version and without defaults: apply must know what the
  /// client named. A field that the schema does not declare is an error whatever the client wants
  /// of fields that nobody knows.
  ObjectNode acceptIntent(Request request, ObjectNode body) {
    checkAddress(request, body);
    FieldManagement.checkDeclared(body, request.as().bodies().schema());
    List<String> unknown = request.as().bodies().decode(body);
    WriteOptions options = request.options().withDuplicates(List.of());
    judge(request.context(), options, unknown, strictly(request));
    body.put("apiVersion", request.as().type().apiVersion());
    body.put("kind", request.as().type().kind());
    return body;
  }

  /// What an apply made, in the stored version, with defaults.
  ///
  /// @param applied in the client's version; taken over
  ObjectNode toStored(Request request, ObjectNode applied) {
    Resource resource = request.resource();
    ObjectNode object = request.as().conversion().toStored().apply(applied);
    object.put("apiVersion", resource.type().apiVersion());
    object.put("kind", resource.type().kind());
    applyDefaults(resource, object);
    return object;
  }

  void applyDefaults(Resource resource, ObjectNode object) {
    resource.bodies().applyDefaults(object);
    resource.strategy().applyDefaults(object);
  }

  /// Checks that the body belongs where the request sends it.
  private static void checkAddress(Request request, ObjectNode body) {
    ResourceType type = request.as().type();
    if (request.as().bodies().naming() == BodyRules.Naming.REQUIRED) {
      CustomKinds.check(type, body);
    }
    checkKind(type.groupVersionKind(), body);
    ObjectNode metadata = metadata(body);
    String namespace = Trees.text(metadata, "namespace");
    String wanted = request.target().namespace();
    if (type.isNamespaced()) {
      if (namespace.isEmpty()) {
        metadata.put("namespace", wanted);
      } else if (!namespace.equals(wanted)) {
        throw ApiException.badRequest(
            "the namespace of the provided object does not match the namespace sent on the"
                + " request");
      }
    }
  }

  private static Refusal strictly(Request request) {
    GroupVersionKind kind = request.as().type().groupVersionKind();
    return unknown -> SchemaDecoding.strictError(kind, unknown, request.options().duplicates());
  }

  /// What the client wants about fields that nobody knows, and about those that came twice.
  ///
  /// @throws ApiException the refusal, when it wants none
  static void judge(
      RequestContext context, WriteOptions options, List<String> unknown, Refusal refusal) {
    if (unknown.isEmpty() && options.duplicates().isEmpty()) {
      return;
    }
    switch (options.validation()) {
      case IGNORE -> {}
      case WARN ->
          SchemaDecoding.warnings(unknown, options.duplicates())
              .forEach(text -> context.warnings().accept(text));
      case STRICT -> throw refusal.of(unknown);
    }
  }

  /// Like [#judge], for a body without a schema: only what came twice is known.
  static void judgeDuplicates(RequestContext context, WriteOptions options, ObjectNode body) {
    GroupVersionKind kind =
        GroupVersionKind.of(Trees.text(body, "apiVersion"), Trees.text(body, "kind"));
    judge(
        context,
        options,
        List.of(),
        unknown -> SchemaDecoding.strictError(kind, unknown, options.duplicates()));
  }

  /// What the client wants about the lines of an applied document that name a field again. Judged
  /// when the document has been applied.
  ///
  /// @throws ApiException `BadRequest` when it wants none
  static void judgeLines(Request request) {
    List<String> lines = request.options().duplicates();
    if (lines.isEmpty()) {
      return;
    }
    String problem =
        "error converting YAML to JSON: yaml: unmarshal errors:\n  " + String.join("\n  ", lines);
    switch (request.options().validation()) {
      case IGNORE -> {}
      case WARN -> request.context().warnings().accept(problem);
      case STRICT -> throw ApiException.badRequest("error strict decoding YAML: " + problem);
    }
  }

  /// Checks that a body is what its address says.
  static void checkKind(GroupVersionKind expected, ObjectNode body) {
    String apiVersion = Trees.text(body, "apiVersion");
    String kind = Trees.text(body, "kind");
    if (apiVersion.isEmpty()) {
      body.put("apiVersion", expected.apiVersion());
      apiVersion = expected.apiVersion();
    }
    if (kind.isEmpty()) {
      body.put("kind", expected.kind());
      kind = expected.kind();
    }
    GroupVersionKind given = GroupVersionKind.of(apiVersion, kind);
    if (!kind.equals(expected.kind()) || Mismatch.isUnknown(expected, given)) {
      throw Mismatch.of(expected, given);
    }
    if (!apiVersion.equals(expected.apiVersion())) {
      throw ApiException.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + expected.apiVersion()
              + ")");
    }
  }
}
