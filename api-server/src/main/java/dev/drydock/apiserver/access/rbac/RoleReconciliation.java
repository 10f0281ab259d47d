package dev.drydock.apiserver.access.rbac;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What to do so that a default role or binding is at least what it should be. Pure. What an
/// administrator added stays; what he took away comes back, unless he switched `autoupdate` off.
final class RoleReconciliation {
  private RoleReconciliation() {}

  /// What to do.
  sealed interface Step {
    record Keep() implements Step {}

    record Create(ObjectNode object) implements Step {}

    record Update(ObjectNode object) implements Step {}

    /// A binding's role can't be changed: it must be deleted and made again.
    record Replace(ObjectNode object) implements Step {}
  }

  static Step plan(@Nullable ObjectNode existing, ObjectNode desired) {
    if (existing == null) {
      return new Step.Create(desired.deepCopy());
    }
    JsonNode annotations = existing.path("metadata").path("annotations");
    if (annotations.path(DefaultRoles.AUTOUPDATE).asString("").equals("false")) {
      return new Step.Keep();
    }
    if (desired.has("roleRef") && !sameRole(existing, desired)) {
      return new Step.Replace(desired.deepCopy());
    }
    ObjectNode merged = existing.deepCopy();
    addMissing(merged, desired, "labels");
    addMissing(merged, desired, "annotations");
    if (desired.has("aggregationRule")) {
      addMissingElements(
          merged.withObject("/aggregationRule").withArray("clusterRoleSelectors"),
          desired.path("aggregationRule").path("clusterRoleSelectors"));
    } else if (desired.has("rules")) {
      addMissingRules(merged, desired);
    }
    if (desired.has("subjects") && !desired.path("subjects").isEmpty()) {
      addMissingElements(merged.withArray("subjects"), desired.path("subjects"));
    }
    return merged.equals(existing) ? new Step.Keep() : new Step.Update(merged);
  }

  private static boolean sameRole(ObjectNode existing, ObjectNode desired) {
    JsonNode is = existing.path("roleRef");
    JsonNode wanted = desired.path("roleRef");
    return is.path("kind").equals(wanted.path("kind"))
        && is.path("name").equals(wanted.path("name"));
  }

  private static void addMissing(ObjectNode merged, ObjectNode desired, String field) {
    ObjectNode target = merged.withObject("/metadata/" + field);
    desired
        .path("metadata")
        .path(field)
        .properties()
        .forEach(
            e -> {
              if (!target.has(e.getKey())) {
                target.set(e.getKey(), e.getValue());
              }
            });
  }

  private static void addMissingRules(ObjectNode merged, ObjectNode desired) {
    List<PolicyRule> missing =
        RuleCover.uncovered(
            PolicyRule.listOf(merged.path("rules")), PolicyRule.listOf(desired.path("rules")));
    if (!missing.isEmpty()) {
      ArrayNode rules = merged.withArray("rules");
      missing.forEach(rule -> rules.add(rule.tree()));
    }
  }

  private static void addMissingElements(ArrayNode target, JsonNode wanted) {
    for (JsonNode element : wanted) {
      if (target.valueStream().noneMatch(element::equals)) {
        target.add(element);
      }
    }
  }
}
