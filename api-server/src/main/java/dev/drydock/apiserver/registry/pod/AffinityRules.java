package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
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
      // Values have always been free here.
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
    for (Field term : terms.items()) {
      for (Field expression : term.child("matchExpressions").items()) {
        checkNodeExpression(expression, found);
        expression
            .child("values")
            .items()
            .forEach(value -> found.conforms(value, Names::labelValue));
      }
      checkNodeFields(term, found);
    }
  }

  private static void checkWeight(Field weight, Violations found) {
    if (weight.number(0) < 1 || weight.number(0) > 100) {
      found.invalid(weight, weight.number(0), "must be in the range 1-100");
    }
  }

  private static void checkNodeTerm(Field term, Violations found) {
    for (Field expression : term.child("matchExpressions").items()) {
      checkNodeExpression(expression, found);
    }
    checkNodeFields(term, found);
  }

  private static void checkNodeFields(Field term, Violations found) {
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
    found.conforms(expression.child("key"), Names::qualified);
  }

  private static void checkPodTerm(Field term, Violations found) {
    Labels.checkSelector(term.child("labelSelector"), found);
    Labels.checkSelector(term.child("namespaceSelector"), found);
    for (Field namespace : term.child("namespaces").items()) {
      for (String problem : Names.label(namespace.text())) {
        found.add(FieldError.invalid(term.path() + ".namespace", namespace.text(), problem));
      }
    }
    checkKeys(term, "matchLabelKeys", found);
    checkKeys(term, "mismatchLabelKeys", found);
    List<String> keys = Trees.texts(term.value(), "matchLabelKeys");
    checkSaidOnce(term, keys, term.child("labelSelector"), found);
    List<String> others = Trees.texts(term.value(), "mismatchLabelKeys");
    for (Field key : term.child("matchLabelKeys").items()) {
      if (others.contains(key.text())) {
        found.invalid(key, "exists in both matchLabelKeys and mismatchLabelKeys");
      }
    }
    Field key = term.child("topologyKey");
    found.present(key, "can not be empty");
    Names.qualified(key.text()).forEach(problem -> found.invalid(key, key.text(), problem));
  }

  private static void checkKeys(Field term, String field, Violations found) {
    Field keys = term.child(field);
    if (!keys.isEmpty() && !term.child("labelSelector").isPresent()) {
      found.forbidden(keys, "must not be specified when labelSelector is not set");
    } else {
      keys.items().forEach(key -> found.conforms(key, Names::qualified));
    }
  }

  /// The server adds the keys to the selector itself: nobody else does.
  ///
  /// @param place whose elements messages name
  static void checkSaidOnce(Field place, List<String> keys, Field selector, Violations found) {
    var said = new HashSet<>(selector.child("matchLabels").value().propertyNames());
    for (Field expression : selector.child("matchExpressions").items()) {
      String key = expression.child("key").text();
      if (!said.add(key) && keys.contains(key)) {
        found.add(
            FieldError.invalid(
                place.path() + "[" + keys.lastIndexOf(key) + "]",
                key,
                "exists in both matchLabelKeys and labelSelector"));
      }
    }
  }
}
