package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What affinity to nodes and to other pods must be like.
public final class AffinityRules {
  private AffinityRules() {}

  static void check(Field affinity, Violations found) {
    Field node = affinity.child("nodeAffinity");
    Field required = node.child("requiredDuringSchedulingIgnoredDuringExecution");
    if (required.isPresent()) {
      checkNodeSelector(required, found);
    }
    for (Field preferred : node.child("preferredDuringSchedulingIgnoredDuringExecution").items()) {
      checkWeight(preferred.child("weight"), found);
      checkNodeTerm(preferred.child("preference"), found);
    }
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      Field pods = affinity.child(kind);
      for (Field term : pods.child("requiredDuringSchedulingIgnoredDuringExecution").items()) {
        checkPodTerm(term, found);
      }
      for (Field preferred :
          pods.child("preferredDuringSchedulingIgnoredDuringExecution").items()) {
        checkWeight(preferred.child("weight"), found);
        checkPodTerm(preferred.child("podAffinityTerm"), found);
      }
    }
  }

  /// Terms of which one must hold for a node.
  public static void checkNodeSelector(Field selector, Violations found) {
    Field terms = selector.child("nodeSelectorTerms");
    if (terms.isEmpty()) {
      found.required(terms, "must have at least one node selector term");
    }
    terms.items().forEach(term -> checkNodeTerm(term, found));
  }

  private static void checkWeight(Field weight, Violations found) {
    if (weight.number(0) < 1 || weight.number(0) > 100) {
      found.invalid(weight, "must be in the range 1-100");
    }
  }

  private static void checkNodeTerm(Field term, Violations found) {
    for (Field expression : term.child("matchExpressions").items()) {
      found.conforms(expression.child("key"), Names::qualified);
      checkNodeExpression(expression, found);
    }
    for (Field expression : term.child("matchFields").items()) {
      checkNodeField(expression, found);
    }
  }

  private static void checkNodeField(Field expression, Violations found) {
    Field operator = expression.child("operator");
    switch (operator.text()) {
      case "In", "NotIn" -> {
        if (expression.child("values").items().size() != 1) {
          found.required(
              expression.child("values"),
              "must be only one value when `operator` is 'In' or 'NotIn' for node field"
                  + " selector");
        }
      }
      default -> found.invalid(operator, "not a valid selector operator");
    }
    if (!expression.child("key").text().equals("metadata.name")) {
      found.invalid(expression.child("key"), "not a valid field selector key");
    } else {
      expression.child("values").items().forEach(name -> found.conforms(name, Names::subdomain));
    }
  }

  private static void checkNodeExpression(Field expression, Violations found) {
    Field values = expression.child("values");
    switch (expression.child("operator").text()) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          found.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          found.forbidden(
              values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values.items().size() != 1) {
          found.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> found.invalid(expression.child("operator"), "not a valid selector operator");
    }
  }

  private static void checkPodTerm(Field term, Violations found) {
    Labels.checkSelector(term.child("labelSelector"), found);
    Labels.checkSelector(term.child("namespaceSelector"), found);
    for (Field namespace : term.child("namespaces").items()) {
      for (String problem : Names.label(namespace.text())) {
        found.add(FieldError.invalid(term.path() + ".namespace", namespace.text(), problem));
      }
    }
    for (String keys : List.of("matchLabelKeys", "mismatchLabelKeys")) {
      if (!term.child(keys).isEmpty() && !term.child("labelSelector").isPresent()) {
        found.forbidden(term.child(keys), "must not be specified when labelSelector is not set");
      }
      term.child(keys).items().forEach(key -> found.conforms(key, Names::qualified));
    }
    Field key = term.child("topologyKey");
    if (found.present(key, "can not be empty")) {
      found.conforms(key, Names::qualified);
    }
  }
}
