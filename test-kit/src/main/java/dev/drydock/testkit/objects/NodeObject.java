package dev.drydock.testkit.objects;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.function.UnaryOperator;

/// A ready node with 4 CPUs, 8 GiB and room for 110 pods.
public final class NodeObject {
  private NodeBuilder node;

  NodeObject(String name) {
    node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .withUid("uid-node-" + name)
            .addToLabels("kubernetes.io/hostname", name)
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .withNewStatus()
            .endStatus();
    room("cpu", "4").room("memory", "8Gi").room("pods", "110").condition("Ready", "True");
  }

  /// Capacity and allocatable.
  public NodeObject room(String resource, String amount) {
    var quantity = new Quantity(amount);
    return with(
        b ->
            b.editStatus()
                .addToCapacity(resource, quantity)
                .addToAllocatable(resource, quantity)
                .endStatus());
  }

  public NodeObject labelled(String key, String value) {
    return with(b -> b.editMetadata().addToLabels(key, value).endMetadata());
  }

  public NodeObject annotated(String key, String value) {
    return with(b -> b.editMetadata().addToAnnotations(key, value).endMetadata());
  }

  public NodeObject tainted(String key, String value, String effect) {
    var taint = new TaintBuilder().withKey(key).withEffect(effect);
    return with(
        b ->
            b.editSpec()
                .addToTaints(value.isEmpty() ? taint.build() : taint.withValue(value).build())
                .endSpec());
  }

  public NodeObject unschedulable() {
    return with(b -> b.editSpec().withUnschedulable(true).endSpec());
  }

  public NodeObject podCidr(String cidr) {
    return with(b -> b.editSpec().withPodCIDR(cidr).withPodCIDRs(cidr).endSpec());
  }

  public NodeObject address(String ip) {
    return with(b -> b.editStatus().addToAddresses(new NodeAddress(ip, "InternalIP")).endStatus());
  }

  public NodeObject condition(String type, String status) {
    return with(
        b ->
            b.editStatus()
                .removeMatchingFromConditions(c -> c.getType().equals(type))
                .addToConditions(
                    new NodeConditionBuilder().withType(type).withStatus(status).build())
                .endStatus());
  }

  public NodeObject revision(long revision) {
    return with(b -> b.editMetadata().withResourceVersion(Long.toString(revision)).endMetadata());
  }

  /// Any other change.
  public NodeObject with(UnaryOperator<NodeBuilder> change) {
    node = change.apply(node);
    return this;
  }

  public Node build() {
    return node.build();
  }
}
