package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What `kubectl apply` wrote before it asked the server to apply: fields that the same kubectl
/// may take over without force, although its updates own them.
final class LastApplied {
  private static final String KUBECTL = "kubectl";
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private LastApplied() {}

  static FieldSet of(ObjectNode live, ManagedFields.Manager manager, ObjectVersions versions) {
    JsonNode text = live.path("metadata").path("annotations").path(ANNOTATION);
    if (!manager.name().equals(KUBECTL) || !text.isString()) {
      return FieldSet.EMPTY;
    }
    try {
      JsonNode applied = JsonMapper.shared().readTree(text.stringValue());
      String version = applied.path("apiVersion").asString("");
      @Nullable Schema schema = versions.schema(version).orElse(null);
      if (schema == null || !(applied instanceof ObjectNode)) {
        return FieldSet.EMPTY;
      }
      var fields = new FieldSet.Builder();
      IntentFields.own(applied, schema, fields);
      return fields.build();
    } catch (JacksonException _) {
      return FieldSet.EMPTY;
    }
  }
}
