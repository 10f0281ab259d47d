package dev.drydock.controllers.deployment;

import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ReplicaSet of the present template: how it is made, and how it is kept in line.
final class NewReplicaSet {
  private NewReplicaSet() {}

  /// @param sets without a set of the present template
  static ReplicaSet of(Deployment deployment, ReplicaSets sets, Bounds bounds) {
    PodTemplateSpec template = deployment.getSpec().getTemplate();
    String hash = TemplateHash.of(template, DeploymentStatusRules.collisions(deployment));
    Map<String, String> labels =
        template.getMetadata() == null ? Map.of() : template.getMetadata().getLabels();
    ReplicaSet empty =
        new ReplicaSetBuilder()
            .withNewMetadata()
            .withName(deployment.getMetadata().getName() + "-" + hash)
            .withNamespace(deployment.getMetadata().getNamespace())
            .withLabels(labels)
            .addToLabels(ReplicaSets.HASH_LABEL, hash)
            .withOwnerReferences(
                Owner.of("apps/v1", "Deployment", deployment).controllerReference())
            .endMetadata()
            .withNewSpec()
            .withReplicas(0)
            .withMinReadySeconds(minReadySeconds(deployment))
            .withSelector(
                new LabelSelectorBuilder(deployment.getSpec().getSelector())
                    .addToMatchLabels(ReplicaSets.HASH_LABEL, hash)
                    .build())
            .withTemplate(
                new PodTemplateSpecBuilder(template)
                    .editOrNewMetadata()
                    .addToLabels(ReplicaSets.HASH_LABEL, hash)
                    .endMetadata()
                    .build())
            .endSpec()
            .build();
    int size =
        Bounds.isRecreate(deployment) ? bounds.replicas() : Rollout.newestSize(sets, empty, bounds);
    return Revisions.scaled(annotated(deployment, empty, sets), size, bounds);
  }

  private static ReplicaSet annotated(Deployment deployment, ReplicaSet set, ReplicaSets sets) {
    return new ReplicaSetBuilder(set)
        .editMetadata()
        .withAnnotations(Revisions.ofNewest(deployment, set, Revisions.highest(sets.old()) + 1))
        .endMetadata()
        .build();
  }

  /// The present set with the annotations and readiness that the Deployment asks for; the same
  /// object when it has them.
  static ReplicaSet kept(Deployment deployment, ReplicaSets sets) {
    ReplicaSet set = sets.present().orElseThrow();
    ReplicaSet kept = annotated(deployment, set, sets);
    if (number(set.getSpec().getMinReadySeconds()) != number(minReadySeconds(deployment))) {
      kept =
          new ReplicaSetBuilder(kept)
              .editSpec()
              .withMinReadySeconds(minReadySeconds(deployment))
              .endSpec()
              .build();
    }
    return kept.equals(set) ? set : kept;
  }

  private static @Nullable Integer minReadySeconds(Deployment deployment) {
    return deployment.getSpec().getMinReadySeconds();
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
