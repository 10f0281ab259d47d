package dev.drydock.apiserver.registry.admissionregistration;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.policy.PolicyCompiler;
import dev.drydock.apiserver.policy.PolicyCompiler.Problem;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// ValidatingAdmissionPolicies and MutatingAdmissionPolicies.
public final class AdmissionPolicyStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
  private static final List<String> REASONS =
      List.of("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized");

  private final Kind kind;
  private final CelEnvironment cel;

  /// Which of the two.
  public enum Kind {
    MUTATING,
    VALIDATING
  }

  public AdmissionPolicyStrategy(Kind kind, CelEnvironment cel) {
    this.kind = kind;
    this.cel = cel;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (!(object.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    Trees.putDefault(spec, "failurePolicy", "Fail");
    if (spec.get("matchConstraints") instanceof ObjectNode constraints) {
      Matching.applyDefaults(constraints, "resourceRules", "excludeResourceRules");
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    Field spec = Field.root(object).child("spec");
    found.oneOf(spec.child("failurePolicy"), List.of("Fail", "Ignore"));
    checkParamKind(spec.child("paramKind"), found);
    Field constraints = spec.child("matchConstraints");
    if (found.present(constraints, "")) {
      Matching.check(constraints, found);
      found.present(constraints.child("resourceRules"), "");
      Matching.checkRules(constraints.child("resourceRules"), found);
      Matching.checkRules(constraints.child("excludeResourceRules"), found);
    }
    Matching.checkConditions(spec.child("matchConditions"), found);
    checkVariables(spec.child("variables"), found);
    switch (kind) {
      case VALIDATING -> checkValidations(spec, found);
      case MUTATING -> checkMutations(spec, found);
    }
    if (found.isEmpty()) {
      for (Problem problem : PolicyCompiler.check(cel, object)) {
        found.add(FieldError.invalid(problem.field(), problem.expression(), problem.detail()));
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode before, Violations found) {
    if (!object.path("spec").equals(before.path("spec"))) {
      validateCreate(object, found);
    }
  }

  private static void checkParamKind(Field kind, Violations found) {
    if (kind.isPresent()) {
      found.present(kind.child("apiVersion"), "");
      found.present(kind.child("kind"), "");
    }
  }

  private static void checkVariables(Field variables, Violations found) {
    Set<String> names = new HashSet<>();
    for (Field variable : variables.items()) {
      Field name = variable.child("name");
      if (name.isEmpty()) {
        found.required(name, "name is not specified");
      } else if (!IDENTIFIER.matcher(name.text()).matches()) {
        found.invalid(name, "name is not a valid CEL identifier");
      } else if (!names.add(name.text())) {
        found.duplicate(name);
      }
      found.present(variable.child("expression"), "expression is not specified");
    }
  }

  private static void checkValidations(Field spec, Violations found) {
    Field validations = spec.child("validations");
    Field annotations = spec.child("auditAnnotations");
    if (validations.isEmpty() && annotations.isEmpty()) {
      found.required(validations, "validations or auditAnnotations must contain at least one item");
    }
    for (Field validation : validations.items()) {
      found.present(validation.child("expression"), "expression is not specified");
      Field message = validation.child("message");
      if (message.isPresent() && message.text().isBlank()) {
        found.invalid(message, "message must be non-empty if specified");
      } else if (message.text().strip().contains("\n")) {
        found.invalid(message, "message must not contain line breaks");
      } else if (validation.child("expression").text().contains("\n") && message.isEmpty()) {
        found.required(message, "message must be specified if expression contains line breaks");
      }
      found.oneOf(validation.child("reason"), REASONS);
    }
    Set<String> keys = new HashSet<>();
    for (Field annotation : annotations.items()) {
      Field key = annotation.child("key");
      if (found.present(key, "key is required")) {
        found.conforms(key, Names::qualified);
        if (!keys.add(key.text())) {
          found.duplicate(key);
        }
      }
      found.present(annotation.child("valueExpression"), "valueExpression is required");
    }
  }

  private static void checkMutations(Field spec, Violations found) {
    Field mutations = spec.child("mutations");
    found.present(mutations, "mutations must contain at least one item");
    found.requiredOneOf(spec.child("reinvocationPolicy"), List.of("IfNeeded", "Never"));
    for (Field mutation : mutations.items()) {
      Field type = mutation.child("patchType");
      found.requiredOneOf(type, List.of("ApplyConfiguration", "JSONPatch"));
      switch (type.text()) {
        case "ApplyConfiguration" ->
            found.present(
                mutation.child("applyConfiguration", "expression"),
                "must be specified when patchType is ApplyConfiguration");
        case "JSONPatch" ->
            found.present(
                mutation.child("jsonPatch", "expression"),
                "must be specified when patchType is JSONPatch");
        default -> {}
      }
    }
  }
}
