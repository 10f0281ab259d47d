package dev.drydock.apiserver.registry.limit;

import dev.drydock.apiserver.registry.pod.ResourceRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
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
  private static final List<List<String>> CONTRADICTIONS =
      List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));
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
    checkSelector(spec, found);
  }

  private static void checkAmounts(Field amounts, Violations found) {
    for (Field.Entry entry : amounts.entries()) {
      ResourceRules.checkQuotaName(entry.value(), entry.key(), found);
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
      for (int misfit = misfits(scope, spec.child("hard")); misfit > 0; misfit--) {
        found.invalid(scopes, "unsupported scope applied to resource");
      }
    }
    for (List<String> pair : CONTRADICTIONS) {
      if (all.containsAll(pair)) {
        found.invalid(scopes, "conflicting scopes");
      }
    }
  }

  /// How many of the resources have nothing to do with the scope.
  private static int misfits(String scope, Field hard) {
    int misfits = 0;
    for (Field.Entry amount : hard.entries()) {
      boolean fits =
          switch (scope) {
            case "BestEffort" -> amount.key().equals("pods");
            case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass" ->
                OF_PODS.contains(amount.key());
            default -> true;
          };
      if (!fits && ResourceRules.isQuotaResource(amount.key())) {
        misfits++;
      }
    }
    return misfits;
  }

  /// The real paths lack the index.
  private static void checkSelector(Field spec, Violations found) {
    Field expressions = spec.child("scopeSelector", "matchExpressions");
    var all = new HashSet<String>();
    for (Field expression : expressions.items()) {
      String scope = expression.child("scopeName").text();
      all.add(scope);
      Field operator = expressions.child("operator").showing(expression.child("operator").value());
      if (!SCOPES.contains(scope)) {
        found.invalid(expressions.child("scopeName"), scope, "unsupported scope");
      }
      for (int misfit = misfits(scope, spec.child("hard")); misfit > 0; misfit--) {
        found.invalid(
            expressions,
            InnerForm.capitalised(spec.child("scopeSelector").value()),
            "unsupported scope applied to resource");
      }
      if (EXIST_ONLY.contains(scope) && !operator.text().equals("Exists")) {
        found.invalid(
            operator,
            "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                + " ResourceQuotaScopeNotBestEffort or"
                + " ResourceQuotaScopeCrossNamespacePodAffinity");
      }
      checkValues(
          operator, expressions.child("values").showing(expression.child("values").value()), found);
    }
    for (List<String> pair : CONTRADICTIONS) {
      if (all.containsAll(pair)) {
        found.invalid(expressions, InnerForm.plain(spec.child("scopes")), "conflicting scopes");
      }
    }
  }

  private static void checkValues(Field operator, Field values, Violations found) {
    switch (operator.text()) {
      case "In", "NotIn" ->
          found.present(
              values,
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          found.invalid(
              values,
              "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope"
                  + " selector");
        }
      }
      default -> found.invalid(operator, operator.text(), "not a valid selector operator");
    }
  }

  @Override
  public void validateUpdate(ObjectNode quota, ObjectNode before, Violations found) {
    Field root = Field.root(quota);
    if (!Objects.equals(quota.get("spec"), before.get("spec"))) {
      validateCreate(quota, found);
      Set<String> scopes = Set.copyOf(Trees.texts(quota, "spec", "scopes"));
      if (!scopes.equals(Set.copyOf(Trees.texts(before, "spec", "scopes")))) {
        Field place = root.child("spec", "scopes");
        found.invalid(place, InnerForm.plain(place), "field is immutable");
      }
    }
    if (!Objects.equals(quota.get("status"), before.get("status"))) {
      checkAmounts(root.child("status", "hard"), found);
      checkAmounts(root.child("status", "used"), found);
    }
  }
}
