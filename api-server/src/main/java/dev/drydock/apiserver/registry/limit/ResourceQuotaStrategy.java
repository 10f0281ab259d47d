package dev.drydock.apiserver.registry.limit;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.ResourceRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// ResourceQuotas.
public final class ResourceQuotaStrategy implements ResourceStrategy {
  private static final Set<String> SCOPES =
      Set.of(
          "Terminating",
          "NotTerminating",
          "BestEffort",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity",
          "VolumeAttributesClass");
  private static final Set<String> EXIST_ONLY =
      Set.of(
          "Terminating",
          "NotTerminating",
          "BestEffort",
          "NotBestEffort",
          "CrossNamespacePodAffinity");
  private static final Set<String> OF_PODS =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "requests.cpu",
          "requests.memory",
          "limits.cpu",
          "limits.memory");

  @Override
  public void validateCreate(ObjectNode quota, Violations found) {
    Field spec = Field.root(quota).child("spec");
    checkAmounts(spec.child("hard"), found);
    checkScopes(spec, found);
    checkSelector(spec.child("scopeSelector", "matchExpressions"), found);
  }

  private static void checkAmounts(Field amounts, Violations found) {
    for (Field.Entry entry : amounts.entries()) {
      if (!entry.key().startsWith("count/")) {
        ResourceRules.checkName(entry.value(), entry.key(), found);
      }
      ResourceRules.checkAmount(entry.key(), entry.value(), found);
    }
  }

  private static void checkScopes(Field spec, Violations found) {
    Field scopes = spec.child("scopes");
    List<String> all = Trees.texts(spec.value(), "scopes");
    for (String scope : all) {
      if (!SCOPES.contains(scope)) {
        found.invalid(scopes, "unsupported scope");
      }
      for (Field.Entry hard : spec.child("hard").entries()) {
        boolean fits =
            switch (scope) {
              case "BestEffort" -> hard.key().equals("pods");
              case "Terminating", "NotTerminating", "NotBestEffort" ->
                  OF_PODS.contains(hard.key()) || !isStandard(hard.key());
              default -> true;
            };
        if (!fits) {
          found.invalid(scopes, "unsupported scope applied to resource");
        }
      }
    }
    for (List<String> pair :
        List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"))) {
      if (all.containsAll(pair)) {
        found.invalid(scopes, "conflicting scopes");
      }
    }
  }

  private static boolean isStandard(String resource) {
    return !resource.contains("/") && !resource.contains("hugepages-");
  }

  private static void checkSelector(Field expressions, Violations found) {
    for (Field expression : expressions.items()) {
      Field scope = expression.child("scopeName");
      Field operator = expression.child("operator");
      Field values = expression.child("values");
      if (!SCOPES.contains(scope.text())) {
        found.add(
            FieldError.invalid(
                expressions.path() + ".scopeName", scope.text(), "unsupported scope"));
      }
      switch (operator.text()) {
        case "In", "NotIn" -> {
          if (EXIST_ONLY.contains(scope.text())) {
            found.invalid(
                operator,
                "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating,"
                    + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                    + " ResourceQuotaScopeNotBestEffort or"
                    + " ResourceQuotaScopeCrossNamespacePodAffinity");
          }
          found.present(
              values,
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
        }
        case "Exists", "DoesNotExist" -> {
          if (!values.isEmpty()) {
            found.invalid(
                values,
                "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope"
                    + " selector");
          }
        }
        default -> found.invalid(operator, "not a valid selector operator");
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode quota, ObjectNode before, Violations found) {
    Field root = Field.root(quota);
    if (!Objects.equals(quota.get("spec"), before.get("spec"))) {
      validateCreate(quota, found);
      found.unchanged(root.child("spec", "scopes"), Trees.at(before, "spec", "scopes"));
      found.unchanged(
          root.child("spec", "scopeSelector"), Trees.at(before, "spec", "scopeSelector"));
    }
    if (!Objects.equals(quota.get("status"), before.get("status"))) {
      checkAmounts(root.child("status", "hard"), found);
      checkAmounts(root.child("status", "used"), found);
    }
  }
}
