package dev.drydock.controllers.replicaset;

import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

/// The pod that a template describes, with the set as its controller; the server completes its
/// name.
final class PodFactory {
  private PodFactory() {}

  static Pod of(ReplicaSet set, Owner owner) {
    var template = set.getSpec().getTemplate();
    ObjectMeta from = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
    return new PodBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withGenerateName(set.getMetadata().getName() + "-")
                .withNamespace(set.getMetadata().getNamespace())
                .withLabels(from.getLabels())
                .withAnnotations(from.getAnnotations())
                .withFinalizers(from.getFinalizers())
                .withOwnerReferences(owner.controllerReference())
                .build())
        .withSpec(template.getSpec())
        .build();
  }
}
