package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.rbac.EscalationCheck;
import dev.drydock.apiserver.access.rbac.EscalationCheck.Aggregation;
import dev.drydock.apiserver.access.rbac.PolicyRule;
import dev.drydock.apiserver.access.rbac.RbacRules.RoleRef;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Nobody gives rights that he does not hold.
final class RoleEscalation implements AdmissionRule {
  private static final String GROUP = "rbac.authorization.k8s.io";

  private final EscalationCheck check;

  RoleEscalation(EscalationCheck check) {
    this.check = check;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (!request.target().type().group().equals(GROUP)
        || object == null
        || request.operation() == Operation.DELETE) {
      return;
    }
    String namespace = request.target().namespace();
    Optional<String> refusal =
        switch (request.target().type().resource()) {
          case "roles", "clusterroles" ->
              sameIn(object, request.before(), "rules")
                      && sameIn(object, request.before(), "aggregationRule")
                  ? Optional.empty()
                  : check.refusalOfRole(
                      request.user(),
                      new RoleRef(namespace, request.target().name()),
                      PolicyRule.listOf(object.path("rules")),
                      object.has("aggregationRule") ? Aggregation.BY_LABELS : Aggregation.NONE);
          case "rolebindings", "clusterrolebindings" ->
              sameIn(object, request.before(), "subjects")
                  ? Optional.empty()
                  : check.refusalOfBinding(request.user(), namespace, role(object, namespace));
          default -> Optional.empty();
        };
    if (refusal.isPresent()) {
      throw ApiException.forbidden(request.target().type(), request.target().name(), refusal.get());
    }
  }

  private static RoleRef role(ObjectNode binding, String namespace) {
    JsonNode reference = binding.path("roleRef");
    boolean local = reference.path("kind").stringValue("").equals("Role");
    return new RoleRef(local ? namespace : "", reference.path("name").stringValue(""));
  }

  private static boolean sameIn(ObjectNode object, @Nullable ObjectNode before, String field) {
    return before != null && object.path(field).equals(before.path(field));
  }
}
