package dev.drydock.testkit.objects;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.function.UnaryOperator;

/// An empty IPv4 slice.
public final class SliceObject {
  private EndpointSliceBuilder slice;

  SliceObject(String name) {
    slice =
        new EndpointSliceBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Objects.NAMESPACE)
            .withUid("uid-slice-" + name)
            .endMetadata()
            .withAddressType("IPv4");
  }

  public SliceObject in(String namespace) {
    return with(b -> b.editMetadata().withNamespace(namespace).endMetadata());
  }

  public SliceObject of(String service) {
    return with(
        b -> b.editMetadata().addToLabels("kubernetes.io/service-name", service).endMetadata());
  }

  /// @param name may be empty
  public SliceObject port(String name, int port) {
    return with(
        b ->
            b.addToPorts(
                new EndpointPortBuilder()
                    .withName(name)
                    .withPort(port)
                    .withProtocol("TCP")
                    .build()));
  }

  /// An endpoint that takes traffic.
  public SliceObject ready(String ip, String node) {
    return endpoint(ip, node, true, true, false);
  }

  /// An endpoint that ends, but still serves.
  public SliceObject terminating(String ip, String node) {
    return endpoint(ip, node, false, true, true);
  }

  public SliceObject notReady(String ip, String node) {
    return endpoint(ip, node, false, false, false);
  }

  private SliceObject endpoint(
      String ip, String node, boolean ready, boolean serving, boolean terminating) {
    return with(
        b ->
            b.addToEndpoints(
                new EndpointBuilder()
                    .withAddresses(ip)
                    .withNodeName(node)
                    .withNewConditions()
                    .withReady(ready)
                    .withServing(serving)
                    .withTerminating(terminating)
                    .endConditions()
                    .build()));
  }

  public SliceObject revision(long revision) {
    return with(b -> b.editMetadata().withResourceVersion(Long.toString(revision)).endMetadata());
  }

  /// Any other change.
  public SliceObject with(UnaryOperator<EndpointSliceBuilder> change) {
    slice = change.apply(slice);
    return this;
  }

  public EndpointSlice build() {
    return slice.build();
  }
}
