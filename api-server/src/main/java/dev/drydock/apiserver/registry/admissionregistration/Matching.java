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
      checkNames(rule.child("resourceNames"), found);
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

  /// Names of objects that a rule is about.
  private static void checkNames(Field names, Violations found) {
    Set<String> seen = new HashSet<>();
    for (Field name : names.items()) {
      found.conforms(name, Names::pathSegment);
      if (!seen.add(name.text())) {
        found.duplicate(name);
      }
    }
  }

  private static void checkResources(Field resources, Violations found) {
    found.present(resources, "");
    Set<String> wholes = new HashSet<>();
    Set<String> parts = new HashSet<>();
    boolean plain = false;
    for (Field resource : resources.items()) {
      String text = resource.text();
      if (text.isEmpty()) {
        found.required(resource, "");
        continue;
      }
      int slash = text.indexOf('/');
      if (slash < 0) {
        plain = !text.equals("*");
        continue;
      }
      String whole = text.substring(0, slash);
      String part = text.substring(slash + 1);
      checkCovered(resource, whole + "/*", wholes.contains(whole), found);
      checkCovered(resource, "*/" + part, parts.contains(part), found);
      if (part.equals("*")) {
        wholes.add(whole);
      }
      if (whole.equals("*")) {
        parts.add(part);
      }
    }
    List<String> texts = Trees.texts(resources.value());
    if (texts.size() > 1 && texts.contains("*/*")) {
      found.invalid(resources, "if '*/*' is present, must not specify other resources");
    }
    if (plain && texts.contains("*")) {
      found.invalid(
          resources, "if '*' is present, must not specify other resources without subresources");
    }
  }

  private static void checkCovered(
      Field resource, String wider, boolean covered, Violations found) {
    if (covered) {
      found.invalid(resource, "if '" + wider + "' is present, must not specify " + resource.text());
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
      Field expression = condition.child("expression");
      if (expression.text().isBlank()) {
        found.required(expression, "");
      }
      Field name = condition.child("name");
      if (found.present(name, "")) {
        found.conforms(name, Names::qualified);
        if (!names.add(name.text())) {
          found.duplicate(name);
        }
      }
    }
  }
}
