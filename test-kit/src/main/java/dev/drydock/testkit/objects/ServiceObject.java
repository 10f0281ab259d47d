package dev.drydock.testkit.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.function.UnaryOperator;

/// A service of type ClusterIP without ports.
public final class ServiceObject {
  private ServiceBuilder service;

  ServiceObject(String name) {
    service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Objects.NAMESPACE)
            .withUid("uid-service-" + name)
            .endMetadata()
            .withNewSpec()
            .withType("ClusterIP")
            .withSessionAffinity("None")
            .withInternalTrafficPolicy("Cluster")
            .endSpec();
  }

  public ServiceObject in(String namespace) {
    return with(b -> b.editMetadata().withNamespace(namespace).endMetadata());
  }

  public ServiceObject clusterIp(String ip) {
    return with(b -> b.editSpec().withClusterIP(ip).withClusterIPs(ip).endSpec());
  }

  public ServiceObject selecting(String key, String value) {
    return with(b -> b.editSpec().addToSelector(key, value).endSpec());
  }

  /// @param name may be empty
  public ServiceObject port(String name, int port, int targetPort) {
    return nodePort(name, port, targetPort, 0);
  }

  /// A port that is also open on every node, unless the node port is 0.
  public ServiceObject nodePort(String name, int port, int targetPort, int nodePort) {
    var added =
        new ServicePortBuilder()
            .withPort(port)
            .withProtocol("TCP")
            .withTargetPort(new IntOrString(targetPort));
    if (!name.isEmpty()) {
      added.withName(name);
    }
    if (nodePort != 0) {
      added.withNodePort(nodePort);
    }
    return with(b -> b.editSpec().addToPorts(added.build()).endSpec());
  }

  public ServiceObject type(String type) {
    return with(b -> b.editSpec().withType(type).endSpec());
  }

  public ServiceObject revision(long revision) {
    return with(b -> b.editMetadata().withResourceVersion(Long.toString(revision)).endMetadata());
  }

  /// Any other change.
  public ServiceObject with(UnaryOperator<ServiceBuilder> change) {
    service = change.apply(service);
    return this;
  }

  public Service build() {
    return service.build();
  }
}
