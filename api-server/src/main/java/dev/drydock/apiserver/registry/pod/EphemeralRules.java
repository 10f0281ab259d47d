package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// Sub-resource `ephemeralcontainers`: more containers to look around in a pod. What they must be
/// like is in [ContainerRules], that none may change or go in [PodUpdateRules].
public final class EphemeralRules {
  static final String MIRROR = "kubernetes.io/config.mirror";

  public static final Subresource FACET =
      Facets.specField("ephemeralContainers", EphemeralRules::check);

  private EphemeralRules() {}

  private static void check(
      ResourceStrategy strategy, ObjectNode pod, ObjectNode before, Violations found) {
    if (Trees.has(before, "metadata", "annotations", MIRROR)) {
      found.add(FieldError.forbidden("", "static pods do not support ephemeral containers"));
      return;
    }
    strategy.validateUpdate(pod, before, found);
  }
}
