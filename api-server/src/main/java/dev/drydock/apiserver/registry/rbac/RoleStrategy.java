package dev.drydock.apiserver.registry.rbac;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// Roles and cluster roles.
public final class RoleStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.named(Names::pathSegment);

  private final Kind kind;

  /// Which of the two kinds.
  public enum Kind {
    ROLE,
    CLUSTER_ROLE
  }

  public RoleStrategy(Kind kind) {
    this.kind = kind;
  }

  @Override
  public boolean isCreatedByUpdates() {
    return true;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode role, Violations found) {
    Field aggregation = Field.root(role).child("aggregationRule");
    if (aggregation.isPresent()) {
      Field selectors = aggregation.child("clusterRoleSelectors");
      if (selectors.isEmpty()) {
        found.required(
            selectors, "at least one clusterRoleSelector required if aggregationRule is non-nil");
      }
      selectors.items().forEach(selector -> Labels.checkSelector(selector, found));
    }
    for (Field rule : Field.root(role).child("rules").items()) {
      if (rule.child("verbs").isEmpty()) {
        found.required(rule.child("verbs"), "verbs must contain at least one value");
      }
      Field paths = rule.child("nonResourceURLs");
      if (!paths.isEmpty()) {
        checkPaths(rule, paths, found);
        continue;
      }
      if (rule.child("apiGroups").isEmpty()) {
        found.required(
            rule.child("apiGroups"), "resource rules must supply at least one api group");
      }
      if (rule.child("resources").isEmpty()) {
        found.required(rule.child("resources"), "resource rules must supply at least one resource");
      }
    }
  }

  private void checkPaths(Field rule, Field paths, Violations found) {
    if (kind == Kind.ROLE) {
      found.add(
          FieldError.invalid(
              paths.path(),
              new Shown(paths.value().toString()),
              "namespaced rules cannot apply to non-resource URLs"));
    }
    for (String field : new String[] {"apiGroups", "resources", "resourceNames"}) {
      if (!rule.child(field).isEmpty()) {
        found.add(
            FieldError.invalid(
                paths.path(),
                new Shown(paths.value().toString()),
                "rules cannot apply to both regular resources and non-resource URLs"));
        return;
      }
    }
  }

  private record Shown(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
