package dev.drydock.apiserver.registry.flowcontrol;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// FlowSchemas.
public final class FlowSchemaStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> METHODS = List.of("ByNamespace", "ByUser");
  private static final List<String> VERBS =
      List.of(
          "create",
          "delete",
          "deletecollection",
          "get",
          "list",
          "patch",
          "proxy",
          "update",
          "watch");
  private static final int LARGEST_PRECEDENCE = 10_000;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode schema, Violations found) {
    Field spec = Field.root(schema).child("spec");
    Field precedence = spec.child("matchingPrecedence");
    if (precedence.number(1) <= 0) {
      found.invalid(precedence, "must be a positive value");
    } else if (precedence.number(1) > LARGEST_PRECEDENCE) {
      found.invalid(precedence, "must not be greater than " + LARGEST_PRECEDENCE);
    } else if (precedence.number(0) == 1
        && !Trees.text(schema, "metadata", "name").equals("exempt")) {
      found.invalid(precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
    }
    Field method = spec.child("distinguisherMethod");
    if (method.isPresent()) {
      if (!METHODS.contains(method.child("type").text())) {
        found.add(
            FieldError.notSupported(
                method.child("type").path(),
                Violations.shown(Trees.object().put("Type", method.child("type").text())),
                METHODS));
      }
    }
    Field level = spec.child("priorityLevelConfiguration", "name");
    if (found.present(level, "must reference a priority level")) {
      found.conforms(level, Names::subdomain);
    }
    spec.child("rules").items().forEach(rule -> checkRule(rule, found));
    String name = Trees.text(schema, "metadata", "name");
    StandardFlows.mandatory(StandardFlows.schemas(), name)
        .filter(fixed -> !StandardFlows.isSchema(spec.value(), fixed))
        .ifPresent(
            _ ->
                found.invalid(
                    spec,
                    InnerForm.capitalised(spec.value()),
                    "spec of '" + name + "' must equal the fixed value"));
  }

  private static void checkRule(Field rule, Violations found) {
    found.present(rule.child("subjects"), "subjects must contain at least one value");
    rule.child("subjects").items().forEach(subject -> checkSubject(subject, found));
    if (rule.child("resourceRules").isEmpty() && rule.child("nonResourceRules").isEmpty()) {
      found.required(
          rule, "at least one of resourceRules and nonResourceRules has to be non-empty");
    }
    rule.child("resourceRules").items().forEach(each -> checkResourceRule(each, found));
    for (Field path : rule.child("nonResourceRules").items()) {
      checkVerbs(path.child("verbs"), found);
      Field paths = path.child("nonResourceURLs");
      found.present(paths, "nonResourceURLs must contain at least one value");
      if (!anyAlone(paths, "non-resource URLs", found)) {
        paths.items().forEach(each -> checkPath(each, found));
      }
    }
  }

  private static void checkResourceRule(Field rule, Violations found) {
    checkVerbs(rule.child("verbs"), found);
    found.present(rule.child("apiGroups"), "resource rules must supply at least one api group");
    anyAlone(rule.child("apiGroups"), "api groups", found);
    found.present(rule.child("resources"), "resource rules must supply at least one resource");
    anyAlone(rule.child("resources"), "resources", found);
    Field namespaces = rule.child("namespaces");
    if (namespaces.isEmpty() && !rule.child("clusterScope").isTrue()) {
      found.required(
          namespaces,
          "resource rules that are not cluster scoped must supply at least one namespace");
    }
    if (!anyAlone(namespaces, "namespaces", found)) {
      for (Field namespace : namespaces.items()) {
        for (String problem : Names.label(namespace.text())) {
          found.invalid(
              namespace, "each member of this list must be '*' or a DNS-1123 label; " + problem);
        }
      }
    }
  }

  private static void checkVerbs(Field verbs, Violations found) {
    found.present(verbs, "verbs must contain at least one value");
    if (!anyAlone(verbs, "verbs", found) && !VERBS.containsAll(Trees.texts(verbs.value()))) {
      found.notSupported(verbs, VERBS);
    }
  }

  /// Whether the list holds the star that stands for all; it must stand alone.
  private static boolean anyAlone(Field list, String what, Violations found) {
    boolean any = list.items().stream().anyMatch(item -> item.text().equals("*"));
    if (any && list.items().size() > 1) {
      found.invalid(list, "if '*' is present, must not specify other " + what);
    }
    return any;
  }

  private static void checkPath(Field path, Violations found) {
    String text = path.text();
    int star = text.indexOf('*');
    if (text.isEmpty()) {
      found.invalid(path, "must not be empty");
    } else if (!text.startsWith("/")) {
      found.invalid(path, "must start with slash");
    } else if (text.contains(" ")) {
      found.invalid(path, "must not contain white-space");
    } else if (text.contains("//")) {
      found.invalid(path, "must not contain double slash");
    } else if (star >= 0 && (star != text.length() - 1 || !text.endsWith("/*"))) {
      found.invalid(path, "wildcard can only do suffix matching");
    }
  }

  private static void checkSubject(Field subject, Violations found) {
    String kind = subject.child("kind").text();
    String expected =
        switch (kind) {
          case "ServiceAccount" -> "serviceAccount";
          case "User" -> "user";
          case "Group" -> "group";
          default -> "";
        };
    if (expected.isEmpty()) {
      found.notSupported(subject.child("kind"), List.of("Group", "ServiceAccount", "User"));
      return;
    }
    for (String field : List.of("serviceAccount", "user", "group")) {
      boolean wanted = field.equals(expected);
      if (wanted && !subject.child(field).isPresent()) {
        found.required(
            subject.child(field), field + " is required when subject kind is '" + kind + "'");
      } else if (!wanted && subject.child(field).isPresent()) {
        found.forbidden(
            subject.child(field),
            field + " is forbidden when subject kind is not '" + noun(field) + "'");
      }
    }
    Field chosen = subject.child(expected);
    if (chosen.isPresent()) {
      Field name = chosen.child("name");
      found.present(name, "");
      if (expected.equals("serviceAccount")) {
        if (!name.isEmpty() && !name.text().equals("*")) {
          found.conforms(name, Names::subdomain);
        }
        if (found.present(
            chosen.child("namespace"), "must specify namespace for service account")) {
          found.conforms(chosen.child("namespace"), Names::label);
        }
      }
    }
  }

  private static String noun(String field) {
    return Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }

  @Override
  public void validateUpdate(ObjectNode schema, ObjectNode before, Violations found) {
    Conditions.check(Field.root(schema).child("status", "conditions"), found);
    if (!Objects.equals(schema.get("spec"), before.get("spec"))) {
      validateCreate(schema, found);
    }
  }
}
