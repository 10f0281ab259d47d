package dev.drydock.apiserver.registry.admissionregistration;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Rules, selectors and conditions, which all these kinds have.
final class Matching {
  private static final int MOST_CONDITIONS = 64;
  private static final List<String> OPERATIONS =
      List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");

  private Matching() {}

  /// @param object with `matchPolicy` and selectors
  static void applyDefaults(ObjectNode object, String... ruleLists) {
    Trees.putDefault(object, "matchPolicy", "Equivalent");
    Trees.child(object, "namespaceSelector");
    Trees.child(object, "objectSelector");
    for (String list : ruleLists) {
      for (ObjectNode rule : Trees.objects(object, list)) {
        Trees.putDefault(rule, "scope", "*");
      }
    }
  }

  static void check(Field object, Violations found) {
    found.oneOf(object.child("matchPolicy"), List.of("Equivalent", "Exact"));
    Labels.checkSelector(object.child("namespaceSelector"), found);
    Labels.checkSelector(object.child("objectSelector"), found);
  }

  static void checkRules(Field rules, Violations found) {
    for (Field rule : rules.items()) {
      Field operations = rule.child("operations");
      found.present(operations, "");
      wildcardAlone(operations, "operations", found);
      for (Field operation : operations.items()) {
        found.oneOf(operation, OPERATIONS);
      }
      Field groups = rule.child("apiGroups");
      found.present(groups, "");
      wildcardAlone(groups, "API groups", found);
      Field versions = rule.child("apiVersions");
      found.present(versions, "");
      wildcardAlone(versions, "API versions", found);
      for (Field version : versions.items()) {
        if (version.text().isEmpty()) {
          found.required(version, "");
        }
      }
      checkResources(rule.child("resources"), found);
      found.oneOf(rule.child("scope"), List.of("*", "Cluster", "Namespaced"));
    }
  }

  private static void checkResources(Field resources, Violations found) {
    found.present(resources, "");
    Set<String> texts = new HashSet<>();
    resources.items().forEach(resource -> texts.add(resource.text()));
    for (Field resource : resources.items()) {
      String text = resource.text();
      if (text.isEmpty()) {
        found.required(resource, "");
      } else if (!text.equals("*/*") && texts.contains("*/*")) {
        found.invalid(resources, "if '*/*' is present, must not specify other resources");
        return;
      } else if (!text.contains("/") && !text.equals("*") && texts.contains("*")) {
        found.invalid(
            resources, "if '*' is present, must not specify other resources without subresources");
        return;
      }
    }
  }

  private static void wildcardAlone(Field list, String what, Violations found) {
    List<Field> items = list.items();
    if (items.size() > 1 && items.stream().anyMatch(item -> item.text().equals("*"))) {
      found.invalid(list, "if '*' is present, must not specify other " + what);
    }
  }

  /// Names of conditions; their expressions are checked elsewhere.
  static void checkConditions(Field conditions, Violations found) {
    found.atMost(conditions, MOST_CONDITIONS);
    Set<String> names = new HashSet<>();
    for (Field condition : conditions.items()) {
      Field name = condition.child("name");
      if (found.present(name, "")) {
        found.conforms(name, Names::qualified);
        if (!names.add(name.text())) {
          found.duplicate(name);
        }
      }
      found.present(condition.child("expression"), "");
    }
  }
}
