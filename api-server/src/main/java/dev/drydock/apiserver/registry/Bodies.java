package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.strategy.Traits.FirstStatus;
import dev.drydock.apiserver.registry.strategy.Trees;
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

  /// @param body taken over
  /// @return in the stored version, with defaults
  ObjectNode accept(Request request, ObjectNode body, Occasion occasion) {
    ObjectNode decoded = decode(request, body);
    Resource resource = request.resource();
    ObjectNode object = request.as().conversion().toStored().apply(decoded);
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
  /// client named.
  ObjectNode acceptIntent(Request request, ObjectNode body) {
    ObjectNode decoded = decode(request, body);
    decoded.put("apiVersion", request.as().type().apiVersion());
    decoded.put("kind", request.as().type().kind());
    return decoded;
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

  private static ObjectNode decode(Request request, ObjectNode body) {
    ResourceType type = request.as().type();
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
    prune(request, body, type.groupVersionKind());
    return body;
  }

  private static void prune(Request request, ObjectNode body, GroupVersionKind kind) {
    List<String> unknown = request.as().bodies().decode(body);
    if (unknown.isEmpty()) {
      return;
    }
    switch (request.options().validation()) {
      case IGNORE -> {}
      case WARN ->
          SchemaDecoding.warnings(unknown, List.of())
              .forEach(text -> request.context().warnings().accept(text));
      case STRICT -> throw SchemaDecoding.strictError(kind, unknown, List.of());
    }
  }

  /// Checks that a body is what its address says.
  static void checkKind(GroupVersionKind expected, ObjectNode body) {
    String apiVersion = Trees.text(body, "apiVersion");
    String kind = Trees.text(body, "kind");
    if (kind.isEmpty() && apiVersion.isEmpty()) {
      body.put("apiVersion", expected.apiVersion());
      body.put("kind", expected.kind());
    } else if (!apiVersion.isEmpty() && !apiVersion.equals(expected.apiVersion())) {
      throw ApiException.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + expected.apiVersion()
              + ")");
    } else if (!kind.isEmpty() && !kind.equals(expected.kind())) {
      throw ApiException.badRequest(
          kind
              + " in version \""
              + expected.version()
              + "\" cannot be handled as a "
              + expected.kind()
              + ": converting ("
              + kind
              + ") to ("
              + expected.kind()
              + "): unknown conversion");
    }
  }
}
