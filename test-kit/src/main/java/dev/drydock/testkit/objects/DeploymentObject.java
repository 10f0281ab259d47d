package dev.drydock.testkit.objects;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// One replica of nginx; selector and labels `app=NAME`.
public final class DeploymentObject {
  private DeploymentBuilder object;

  DeploymentObject(String name) {
    object =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Objects.NAMESPACE)
            .withUid("uid-deployment-" + name)
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

  public DeploymentObject in(String namespace) {
    return with(b -> b.editMetadata().withNamespace(namespace).endMetadata());
  }

  public DeploymentObject labelled(String key, String value) {
    return with(b -> b.editMetadata().addToLabels(key, value).endMetadata());
  }

  public DeploymentObject annotated(String key, String value) {
    return with(b -> b.editMetadata().addToAnnotations(key, value).endMetadata());
  }

  public DeploymentObject replicas(int replicas) {
    return with(b -> b.editSpec().withReplicas(replicas).endSpec());
  }

  public DeploymentObject image(String image) {
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

  public DeploymentObject created(Instant time) {
    return with(b -> b.editMetadata().withCreationTimestamp(time.toString()).endMetadata());
  }

  public DeploymentObject revision(long revision) {
    return with(b -> b.editMetadata().withResourceVersion(Long.toString(revision)).endMetadata());
  }

  /// Any other change.
  public DeploymentObject with(UnaryOperator<DeploymentBuilder> change) {
    object = change.apply(object);
    return this;
  }

  public Deployment build() {
    return object.build();
  }
}
