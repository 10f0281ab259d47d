package dev.drydock.apiserver.policy;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.request.Notices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks ValidatingAdmissionPolicies about a write.
public final class ValidatingPolicies {
  private static final Set<String> DENY = Set.of("Deny");

  private final PolicySet policies;
  private final Attempt attempt;
  private final Notices notices;
  private final List<Decision> denied = new ArrayList<>();
  private final ArrayNode audited = JsonNodeFactory.instance.arrayNode();

  /// Why a request is refused.
  private record Decision(PolicySet.Bound by, String message, String reason) {}

  private ValidatingPolicies(PolicySet policies, Attempt attempt, Notices notices) {
    this.policies = policies;
    this.attempt = attempt;
    this.notices = notices;
  }

  /// @param trees policies and bindings as the cache has them
  /// @throws ApiException when one refuses
  public static void run(PolicySet policies, Trees trees, Attempt attempt, Notices notices) {
    List<PolicySet.Bound> bound = policies.bound(trees.policies(), trees.bindings());
    if (bound.isEmpty()) {
      return;
    }
    var asking = new ValidatingPolicies(policies, attempt, notices);
    policies.matched(bound, attempt).forEach(asking::ask);
    asking.audit();
    asking.refuse();
  }

  /// What the cluster has.
  public record Trees(List<ObjectNode> policies, List<ObjectNode> bindings) {}

  private void ask(PolicySet.Matched matched) {
    PolicySet.Bound bound = matched.bound();
    Policy policy = bound.policy();
    if (!policy.rules().broken().isEmpty()) {
      PolicyCompiler.Problem first = policy.rules().broken().getFirst();
      trouble(bound, "compilation error: " + first.detail());
      return;
    }
    switch (Params.of(policy, bound.binding(), attempt, policies.means().surroundings())) {
      case Params.Found.Trouble(String message) -> trouble(bound, message);
      case Params.Found.These(List<JsonNode> each) -> {
        for (JsonNode params : each) {
          validate(matched, new Evaluation(matched, attempt, params, policies.means()));
        }
      }
    }
  }

  private void validate(PolicySet.Matched matched, Evaluation evaluation) {
    PolicySet.Bound bound = matched.bound();
    switch (evaluation.conditions()) {
      case Conditions.Outcome.Fails _ -> {
        return;
      }
      case Conditions.Outcome.Failed(String message) -> {
        trouble(bound, message);
        return;
      }
      case Conditions.Outcome.Holds _ -> {}
    }
    for (Policy.Validation validation : bound.policy().rules().validations()) {
      try {
        if (!Boolean.TRUE.equals(evaluation.value(validation.expression()))) {
          decide(bound, message(validation, evaluation), validation.reason());
        }
      } catch (CelEvaluationException e) {
        trouble(
            bound,
            "expression '"
                + validation.expression().source()
                + "' resulted in error: "
                + e.getMessage());
      }
    }
    annotate(bound, evaluation);
  }

  private void annotate(PolicySet.Bound bound, Evaluation evaluation) {
    for (Policy.Annotation annotation : bound.policy().rules().annotations()) {
      try {
        if (evaluation.value(annotation.value()) instanceof String text && !text.isBlank()) {
          notices.annotate(bound.policy().name() + "/" + annotation.key(), text.strip());
        }
      } catch (CelEvaluationException e) {
        trouble(
            bound,
            "expression '"
                + annotation.value().source()
                + "' resulted in error: "
                + e.getMessage());
      }
    }
  }

  private static String message(Policy.Validation validation, Evaluation evaluation) {
    if (validation.messageExpression() != null) {
      try {
        Object value = evaluation.value(validation.messageExpression());
        if (value instanceof String text && !text.isBlank() && !text.contains("\n")) {
          return text.strip();
        }
      } catch (CelEvaluationException e) {
        if (e.reason() == CelEvaluationException.Reason.BUDGET) {
          throw e;
        }
      }
    }
    return validation.message().isEmpty()
        ? "failed expression: " + validation.expression().source()
        : validation.message();
  }

  /// Something about the policy itself is wrong.
  private void trouble(PolicySet.Bound bound, String message) {
    if (bound.policy().failure() == Policy.Failure.FAIL) {
      decide(bound, message, "Invalid", DENY);
    }
  }

  private void decide(PolicySet.Bound bound, String message, String reason) {
    decide(bound, message, reason, bound.binding().actions());
  }

  private void decide(PolicySet.Bound bound, String message, String reason, Set<String> actions) {
    if (actions.contains("Deny")) {
      denied.add(new Decision(bound, message, reason));
    }
    if (actions.contains("Audit")) {
      ObjectNode entry = audited.addObject();
      entry.put("message", message);
      entry.put("policy", bound.policy().name());
      entry.put("binding", bound.binding().name());
      entry.putArray("validationActions").add("Audit");
    }
    if (actions.contains("Warn")) {
      notices.accept(
          "Validation failed for ValidatingAdmissionPolicy '"
              + bound.policy().name()
              + "' with binding '"
              + bound.binding().name()
              + "': "
              + message);
    }
  }

  private void audit() {
    if (!audited.isEmpty()) {
      notices.annotate("validation.policy.admission.k8s.io/validation_failure", audited.toString());
    }
  }

  private void refuse() {
    if (denied.isEmpty()) {
      return;
    }
    Decision first = denied.getFirst();
    ApiException forbidden =
        ApiException.forbidden(
            attempt.target().type(),
            attempt.name(),
            "ValidatingAdmissionPolicy '"
                + first.by().policy().name()
                + "' with binding '"
                + first.by().binding().name()
                + "' denied request: "
                + first.message());
    StatusReason reason =
        switch (first.reason()) {
          case "Unauthorized" -> StatusReason.UNAUTHORIZED;
          case "Forbidden" -> StatusReason.FORBIDDEN;
          case "RequestEntityTooLarge" -> StatusReason.REQUEST_ENTITY_TOO_LARGE;
          default -> StatusReason.INVALID;
        };
    Status status = forbidden.status();
    throw new ApiException(new Status(reason, reason.code(), status.message(), status.details()));
  }
}
