package dev.drydock.apiserver.registry.admissionregistration;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Bindings of admission policies.
public final class PolicyBindingStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");

  private final AdmissionPolicyStrategy.Kind kind;

  public PolicyBindingStrategy(AdmissionPolicyStrategy.Kind kind) {
    this.kind = kind;
  }

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (object.path("spec").path("matchResources") instanceof ObjectNode resources) {
      Matching.applyDefaults(resources, "resourceRules", "excludeResourceRules");
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    Field spec = Field.root(object).child("spec");
    Field policy = spec.child("policyName");
    if (found.present(policy, "")) {
      found.conforms(policy, Names::subdomain);
    }
    checkParams(spec.child("paramRef"), found);
    Field resources = spec.child("matchResources");
    if (resources.isPresent()) {
      Matching.check(resources, found);
      Matching.checkRules(resources.child("resourceRules"), found);
      Matching.checkRules(resources.child("excludeResourceRules"), found);
    }
    if (kind == AdmissionPolicyStrategy.Kind.VALIDATING) {
      checkActions(spec.child("validationActions"), found);
    }
  }

  private static void checkParams(Field reference, Violations found) {
    if (!reference.isPresent()) {
      return;
    }
    Field name = reference.child("name");
    Field selector = reference.child("selector");
    boolean both = !name.isEmpty() && selector.isPresent();
    if (!name.isEmpty()) {
      found.conforms(name, Names::pathSegment);
    }
    if (both) {
      found.forbidden(name, "name and selector are mutually exclusive");
    }
    Labels.checkSelector(selector, found);
    if (both) {
      found.forbidden(selector, "name and selector are mutually exclusive");
    }
    if (name.isEmpty() && !selector.isPresent()) {
      found.required(reference, "one of name or selector must be specified");
    }
    found.requiredOneOf(reference.child("parameterNotFoundAction"), List.of("Deny", "Allow"));
  }

  private static void checkActions(Field actions, Violations found) {
    Set<String> seen = new HashSet<>();
    for (Field action : actions.items()) {
      found.oneOf(action, ACTIONS);
      if (!seen.add(action.text())) {
        found.duplicate(action);
      }
    }
    if (seen.contains("Deny") && seen.contains("Warn")) {
      found.invalid(
          actions,
          "must not contain both Deny and Warn (repeating the same validation failure information"
              + " in the API response and headers serves no purpose)");
    }
    found.present(actions, "at least one validation action is required");
  }
}
