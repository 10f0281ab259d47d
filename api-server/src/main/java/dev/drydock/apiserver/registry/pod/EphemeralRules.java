package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Sameness;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Sub-resource `ephemeralcontainers`: more containers to look around in a pod, which come no
/// other way. What they must be like is in [ContainerRules]; none may change or go.
public final class EphemeralRules {
  static final String MIRROR = "kubernetes.io/config.mirror";

  public static final Subresource FACET =
      Facets.specField("ephemeralContainers", EphemeralRules::check);

  private EphemeralRules() {}

  private static void check(
      ResourceStrategy kind, ObjectNode pod, ObjectNode before, Violations found) {
    if (Trees.has(before, "metadata", "annotations", MIRROR)) {
      found.add(FieldError.forbidden("[]", "static pods do not support ephemeral containers"));
      return;
    }
    PodStrategy.checkWhole(pod, before, found);
    for (ObjectNode was : Trees.objects(before, "spec", "ephemeralContainers")) {
      checkKept(was, Trees.objects(pod, "spec", "ephemeralContainers"), found);
    }
  }

  private static void checkKept(ObjectNode was, List<ObjectNode> now, Violations found) {
    String name = Trees.text(was, "name");
    Optional<ObjectNode> kept =
        now.stream().filter(one -> Trees.text(one, "name").equals(name)).findFirst();
    if (kept.isEmpty() || !Sameness.same(was, kept.get())) {
      found.add(
          FieldError.forbidden(
              "spec.ephemeralContainers",
              "existing ephemeral containers \""
                  + name
                  + "\" may not be "
                  + (kept.isEmpty() ? "removed" : "changed")
                  + "\n"));
    }
  }
}
