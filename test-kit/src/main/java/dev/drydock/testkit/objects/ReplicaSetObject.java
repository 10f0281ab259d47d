package dev.drydock.testkit.objects;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// One replica of nginx; selector and labels `app=NAME`.
public final class ReplicaSetObject {
  private ReplicaSetBuilder object;

  ReplicaSetObject(String name) {
    object =
        new ReplicaSetBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Objects.NAMESPACE)
            .withUid("uid-replicaset-" + name)
            .withGeneration(1L)
            .endMetadata()
            .withNewSpec()
            .withReplicas(1)
            .withNewSelector()
            .addToMatchLabels("app", name)
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", name)
            .endMetadata()
            .withNewSpec()
            .withContainers(new ContainerBuilder().withName("main").withImage("nginx").build())
            .endSpec()
            .endTemplate()
            .endSpec()
            .withNewStatus()
            .endStatus();
  }

  public ReplicaSetObject in(String namespace) {
    return with(b -> b.editMetadata().withNamespace(namespace).endMetadata());
  }

  public ReplicaSetObject labelled(String key, String value) {
    return with(b -> b.editMetadata().addToLabels(key, value).endMetadata());
  }

  public ReplicaSetObject annotated(String key, String value) {
    return with(b -> b.editMetadata().addToAnnotations(key, value).endMetadata());
  }

  public ReplicaSetObject ownedBy(HasMetadata owner) {
    return with(
        b -> b.editMetadata().addToOwnerReferences(Objects.controlledBy(owner)).endMetadata());
  }

  public ReplicaSetObject replicas(int replicas) {
    return with(b -> b.editSpec().withReplicas(replicas).endSpec());
  }

  public ReplicaSetObject image(String image) {
    return with(
        b ->
            b.editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec());
  }

  public ReplicaSetObject created(Instant time) {
    return with(b -> b.editMetadata().withCreationTimestamp(time.toString()).endMetadata());
  }

  public ReplicaSetObject revision(long revision) {
    return with(b -> b.editMetadata().withResourceVersion(Long.toString(revision)).endMetadata());
  }

  /// Any other change.
  public ReplicaSetObject with(UnaryOperator<ReplicaSetBuilder> change) {
    object = change.apply(object);
    return this;
  }

  public ReplicaSet build() {
    return object.build();
  }
}
