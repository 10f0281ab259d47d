package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.schema.UnreadableException;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import dev.drydock.apiserver.registry.strategy.Traits.FirstStatus;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// What clients send becomes what is stored: the right kind, only known fields of the right
/// types, in the stored version, with defaults.
final class Bodies {

  /// What a body is for.
  enum Occasion {
    CREATE,
    CHANGE
  }

  /// How a body is refused that can't be read, or whose fields are not all known.
  @FunctionalInterface
  interface Refusal {
    /// @param problem what [UnreadableException] or [SchemaDecoding#strictly(List)] say
    ApiException of(String problem);
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
    checkType(request, body);
    List<String> unknown = decode(() -> request.as().bodies().decode(body), refusal);
    judge(request.context(), request.options(), unknown, refusal);
    checkNamespace(request, body);
    if (occasion == Occasion.CHANGE) {
      checkName(request, body);
    }
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
  /// client named.
  ///
  /// @param body taken over; fits its schema
  ObjectNode acceptIntent(Request request, ObjectNode body) {
    checkType(request, body);
    Refusal refusal = strictly(request);
    List<String> unknown = decode(() -> request.as().bodies().decodeIntent(body), refusal);
    checkNamespace(request, body);
    WriteOptions options = request.options().withLapses(List.of());
    judge(request.context(), options, unknown, refusal);
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

  /// What a body holds that nobody knows.
  static List<String> decode(Supplier<List<String>> decoding, Refusal refusal) {
    try {
      return decoding.get();
    } catch (UnreadableException e) {
      throw refusal.of(e.problem());
    }
  }

  /// Checks that the body is what the request says.
  private static void checkType(Request request, ObjectNode body) {
    ResourceType type = request.as().type();
    if (request.as().bodies().naming() == BodyRules.Naming.REQUIRED) {
      CustomKinds.check(type, body);
    }
    checkKind(type.groupVersionKind(), body);
  }

  /// Checks that the body belongs where the request sends it.
  private static void checkNamespace(Request request, ObjectNode body) {
    ResourceType type = request.as().type();
    ObjectNode metadata = Trees.child(body, "metadata");
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

  /// Who changes an object names it.
  private static void checkName(Request request, ObjectNode body) {
    if (Trees.text(body, "metadata", "name").isEmpty()) {
      throw ApiException.badRequest(
          "the name of the object ("
              + request.target().name()
              + " based on URL) was undeterminable: name must be provided");
    }
    checkIdentity(request, body);
  }

  /// Checks that an object that has a name has that of the address.
  static void checkIdentity(Request request, ObjectNode object) {
    String name = Trees.text(object, "metadata", "name");
    if (!name.isEmpty() && !name.equals(request.target().name())) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + request.target().name()
              + ")");
    }
  }

  private static Refusal strictly(Request request) {
    GroupVersionKind kind = request.as().type().groupVersionKind();
    return problem -> SchemaDecoding.refusal(kind, problem);
  }

  /// What the client wants about fields that nobody knows, and about what was wrong before.
  ///
  /// @throws ApiException the refusal, when it wants none
  static void judge(
      RequestContext context, WriteOptions options, List<String> unknown, Refusal refusal) {
    if (unknown.isEmpty() && options.lapses().isEmpty()) {
      return;
    }
    List<String> lapses = new ArrayList<>(options.lapses());
    lapses.addAll(SchemaDecoding.unknown(unknown));
    switch (options.validation()) {
      case IGNORE -> {}
      case WARN -> lapses.forEach(context.warnings());
      case STRICT -> throw refusal.of(SchemaDecoding.strictly(lapses));
    }
  }

  /// Like [#judge], for a body without a schema: only what was wrong before is known.
  static void judgeLapses(RequestContext context, WriteOptions options, ObjectNode body) {
    GroupVersionKind kind =
        GroupVersionKind.of(Trees.text(body, "apiVersion"), Trees.text(body, "kind"));
    judge(context, options, List.of(), problem -> SchemaDecoding.refusal(kind, problem));
  }

  /// What the client wants about the lines of an applied document that name a field again. Judged
  /// when the document has been applied.
  ///
  /// @throws ApiException `BadRequest` when it wants none
  static void judgeLines(Request request) {
    List<String> lines = request.options().lapses();
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
