package dev.drydock.controllers.namespace;

import dev.drydock.api.time.KubernetesTime;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the conditions of a terminating namespace say.
final class NamespaceStatusRules {
  private NamespaceStatusRules() {}

  static List<NamespaceCondition> conditions(
      Namespace namespace, NamespaceContent.Rest rest, Instant now) {
    List<NamespaceCondition> wanted =
        List.of(
            discovery(rest.silent()),
            condition(
                "NamespaceDeletionGroupVersionParsingFailure",
                "False",
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed"),
            failures(rest.failures()),
            remaining(rest.remaining()),
            finalizers(rest.finalizers()));
    var result = new ArrayList<NamespaceCondition>();
    for (NamespaceCondition condition : wanted) {
      Optional<NamespaceCondition> known = find(namespace, condition.getType());
      boolean same = known.filter(old -> old.getStatus().equals(condition.getStatus())).isPresent();
      result.add(
          new NamespaceConditionBuilder(condition)
              .withLastTransitionTime(
                  same ? known.get().getLastTransitionTime() : KubernetesTime.seconds(now))
              .build());
    }
    return result;
  }

  private static Optional<NamespaceCondition> find(Namespace namespace, String type) {
    return namespace.getStatus() == null
        ? Optional.empty()
        : namespace.getStatus().getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .findFirst();
  }

  private static NamespaceCondition discovery(List<String> silent) {
    String type = "NamespaceDeletionDiscoveryFailure";
    return silent.isEmpty()
        ? condition(type, "False", "ResourcesDiscovered", "All resources successfully discovered")
        : condition(type, "True", "DiscoveryFailed", OtherServers.message(silent));
  }

  private static NamespaceCondition failures(List<String> failures) {
    String type = "NamespaceDeletionContentFailure";
    return failures.isEmpty()
        ? condition(
            type,
            "False",
            "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization")
        : condition(
            type,
            "True",
            "ContentDeletionFailed",
            "Failed to delete all resource types, "
                + failures.size()
                + " remaining: "
                + String.join(", ", failures));
  }

  private static NamespaceCondition remaining(Map<String, Integer> remaining) {
    String type = "NamespaceContentRemaining";
    return remaining.isEmpty()
        ? condition(type, "False", "ContentRemoved", "All content successfully removed")
        : condition(
            type,
            "True",
            "SomeResourcesRemain",
            "Some resources are remaining: " + listed(remaining, "%s has %d resource instances"));
  }

  private static NamespaceCondition finalizers(Map<String, Integer> finalizers) {
    String type = "NamespaceFinalizersRemaining";
    return finalizers.isEmpty()
        ? condition(
            type, "False", "ContentHasNoFinalizers", "All content-preserving finalizers finished")
        : condition(
            type,
            "True",
            "SomeFinalizersRemain",
            "Some content in the namespace has finalizers remaining: "
                + listed(finalizers, "%s in %d resource instances"));
  }

  private static String listed(Map<String, Integer> counts, String format) {
    return counts.entrySet().stream()
        .map(entry -> format.formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static NamespaceCondition condition(
      String type, String status, String reason, String message) {
    return new NamespaceConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .build();
  }
}
