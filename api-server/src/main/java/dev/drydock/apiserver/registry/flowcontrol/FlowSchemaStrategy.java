package dev.drydock.apiserver.registry.flowcontrol;

import dev.drydock.apiserver.registry.strategy.Field;
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
      found.requiredOneOf(method.child("type"), List.of("ByNamespace", "ByUser"));
    }
    Field level = spec.child("priorityLevelConfiguration", "name");
    if (found.present(level, "must reference a priority level")) {
      found.conforms(level, Names::subdomain);
    }
    spec.child("rules").items().forEach(rule -> checkRule(rule, found));
  }

  private static void checkRule(Field rule, Violations found) {
    found.present(rule.child("subjects"), "subjects must contain at least one value");
    rule.child("subjects").items().forEach(subject -> checkSubject(subject, found));
    if (rule.child("resourceRules").isEmpty() && rule.child("nonResourceRules").isEmpty()) {
      found.required(
          rule, "at least one of resourceRules and nonResourceRules has to be non-empty");
    }
    for (Field resource : rule.child("resourceRules").items()) {
      found.present(resource.child("verbs"), "verbs must contain at least one value");
      found.present(
          resource.child("apiGroups"), "resource rules must supply at least one api group");
      found.present(
          resource.child("resources"), "resource rules must supply at least one resource");
      if (resource.child("namespaces").isEmpty() && !resource.child("clusterScope").isTrue()) {
        found.required(
            resource.child("namespaces"),
            "resource rules that are not cluster scoped must supply at least one namespace");
      }
    }
    for (Field path : rule.child("nonResourceRules").items()) {
      found.present(path.child("verbs"), "verbs must contain at least one value");
      found.present(
          path.child("nonResourceURLs"), "nonResourceURLs must contain at least one value");
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
      found.present(chosen.child("name"), "");
      if (expected.equals("serviceAccount")) {
        found.present(chosen.child("namespace"), "must specify namespace for service account");
      }
    }
  }

  private static String noun(String field) {
    return Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }

  @Override
  public void validateUpdate(ObjectNode schema, ObjectNode before, Violations found) {
    if (!Objects.equals(schema.get("spec"), before.get("spec"))) {
      validateCreate(schema, found);
    }
  }
}
