package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What `kubectl apply` wrote before it asked the server to apply: fields that the same kubectl
/// may take over without force, although its updates own them, as long as nobody changed them.
final class LastApplied {
  private static final String KUBECTL = "kubectl";
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private LastApplied() {}

  /// @param live in the version of the manager
  static FieldSet of(ObjectNode live, ManagedFields.Manager manager, Schema schema) {
    if (!manager.name().equals(KUBECTL)) {
      return FieldSet.EMPTY;
    }
    return applied(live)
        .filter(object -> object.path("apiVersion").asString("").equals(manager.apiVersion()))
        .filter(object -> TypedCheck.problem(object, schema).isEmpty())
        .map(object -> unchanged(object, live, schema))
        .orElse(FieldSet.EMPTY);
  }

  private static Optional<ObjectNode> applied(ObjectNode live) {
    JsonNode text = live.path("metadata").path("annotations").path(ANNOTATION);
    try {
      return text.isString()
              && JsonMapper.shared().readTree(text.stringValue()) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static FieldSet unchanged(ObjectNode applied, ObjectNode live, Schema schema) {
    var fields = new FieldSet.Builder();
    IntentFields.own(applied, schema, fields);
    FieldChanges since = FieldChanges.between(applied, live, schema);
    return fields.build().minus(since.taken()).minusBelow(since.removed());
  }
}
