package dev.drydock.testkit.objects;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// A pod with one container `main` of image `nginx`.
public final class PodObject {
  private PodBuilder pod;

  PodObject(String name) {
    pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Objects.NAMESPACE)
            .withUid("uid-pod-" + name)
            .endMetadata()
            .withNewSpec()
            .withContainers(
                new ContainerBuilder()
                    .withName("main")
                    .withImage("nginx")
                    .withNewResources()
                    .endResources()
                    .build())
            .endSpec()
            .withNewStatus()
            .withPhase("Pending")
            .endStatus();
  }

  public PodObject in(String namespace) {
    return with(b -> b.editMetadata().withNamespace(namespace).endMetadata());
  }

  public PodObject on(String node) {
    return with(b -> b.editSpec().withNodeName(node).endSpec());
  }

  public PodObject labelled(String key, String value) {
    return with(b -> b.editMetadata().addToLabels(key, value).endMetadata());
  }

  public PodObject annotated(String key, String value) {
    return with(b -> b.editMetadata().addToAnnotations(key, value).endMetadata());
  }

  public PodObject ownedBy(HasMetadata owner) {
    return with(
        b -> b.editMetadata().addToOwnerReferences(Objects.controlledBy(owner)).endMetadata());
  }

  public PodObject image(String image) {
    return with(b -> b.editSpec().editFirstContainer().withImage(image).endContainer().endSpec());
  }

  /// Requests of its first container: `requesting("cpu", "100m")`.
  public PodObject requesting(String resource, String amount) {
    return with(
        b ->
            b.editSpec()
                .editFirstContainer()
                .editResources()
                .addToRequests(resource, new Quantity(amount))
                .endResources()
                .endContainer()
                .endSpec());
  }

  public PodObject hostPort(int port) {
    return with(
        b ->
            b.editSpec()
                .editFirstContainer()
                .addNewPort()
                .withContainerPort(port)
                .withHostPort(port)
                .withProtocol("TCP")
                .endPort()
                .endContainer()
                .endSpec());
  }

  /// Tolerates a taint: operator `Exists` when the value is empty.
  public PodObject tolerating(String key, String value, String effect) {
    var toleration =
        new TolerationBuilder()
            .withKey(key)
            .withEffect(effect)
            .withOperator(value.isEmpty() ? "Exists" : "Equal");
    return with(
        b ->
            b.editSpec()
                .addToTolerations(
                    value.isEmpty() ? toleration.build() : toleration.withValue(value).build())
                .endSpec());
  }

  public PodObject priority(int priority) {
    return with(b -> b.editSpec().withPriority(priority).endSpec());
  }

  public PodObject phase(String phase) {
    return with(b -> b.editStatus().withPhase(phase).endStatus());
  }

  /// Running with this address; its `Ready` condition is true.
  public PodObject ready(String ip) {
    return running(ip).condition("Ready", "True");
  }

  /// Running with this address, not ready.
  public PodObject running(String ip) {
    return with(
        b ->
            b.editStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .withPodIPs(new PodIP(ip))
                .endStatus());
  }

  public PodObject condition(String type, String status) {
    return with(
        b ->
            b.editStatus()
                .removeMatchingFromConditions(c -> c.getType().equals(type))
                .addToConditions(
                    new PodConditionBuilder().withType(type).withStatus(status).build())
                .endStatus());
  }

  public PodObject created(Instant time) {
    return with(b -> b.editMetadata().withCreationTimestamp(time.toString()).endMetadata());
  }

  public PodObject deleting(Instant time) {
    return with(b -> b.editMetadata().withDeletionTimestamp(time.toString()).endMetadata());
  }

  public PodObject revision(long revision) {
    return with(b -> b.editMetadata().withResourceVersion(Long.toString(revision)).endMetadata());
  }

  /// Any other change.
  public PodObject with(UnaryOperator<PodBuilder> change) {
    pod = change.apply(pod);
    return this;
  }

  public Pod build() {
    return pod.build();
  }
}
