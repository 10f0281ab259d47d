package dev.drydock.controllers.backends;

import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pod as one of the places where a Service is served.
public record Backend(Service service, Pod pod) {
  /// A port of the Service as it is reached on this pod.
  ///
  /// @param name as in the Service; empty for its only, unnamed port
  /// @param appProtocol null: not said
  public record Port(String name, int port, String protocol, @Nullable String appProtocol) {}

  /// Whether the pod has an address, and containers that have not all ended for good.
  public boolean isAddressable() {
    return !PodFacts.isTerminal(pod)
        && pod.getStatus() != null
        && !pod.getStatus().getPodIPs().isEmpty();
  }

  /// The pod's addresses of one family.
  ///
  /// @param family `IPv4` or `IPv6`
  public List<String> addresses(String family) {
    return pod.getStatus().getPodIPs().stream()
        .map(PodIP::getIp)
        .filter(ip -> (ip.indexOf(':') >= 0) == family.equals("IPv6"))
        .toList();
  }

  public boolean isTerminating() {
    return PodFacts.isTerminating(pod);
  }

  /// Whether traffic may be sent to it, going or not.
  public boolean isServing() {
    return PodFacts.isReady(pod);
  }

  public boolean publishesNotReady() {
    return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
  }

  /// Whether new traffic should be sent to it.
  public boolean isReady() {
    return publishesNotReady() || (isServing() && !isTerminating());
  }

  /// Its own name under the Service's, where it asks for one; else null.
  public @Nullable String hostname() {
    String hostname = pod.getSpec().getHostname();
    return hostname != null
            && !hostname.isEmpty()
            && service.getMetadata().getName().equals(pod.getSpec().getSubdomain())
        ? hostname
        : null;
  }

  public ObjectReference reference() {
    return new ObjectReferenceBuilder()
        .withKind("Pod")
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .build();
  }

  /// The Service's ports on this pod, in order of name; ports whose name no container has are left
  /// out.
  public List<Port> ports() {
    var ports = new ArrayList<Port>();
    for (ServicePort port : service.getSpec().getPorts()) {
      String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
      OptionalInt number = number(port, protocol);
      if (number.isPresent()) {
        ports.add(
            new Port(
                port.getName() == null ? "" : port.getName(),
                number.getAsInt(),
                protocol,
                port.getAppProtocol()));
      }
    }
    ports.sort(Comparator.comparing(Port::name));
    return ports;
  }

  private OptionalInt number(ServicePort port, String protocol) {
    IntOrString target = port.getTargetPort();
    if (target == null) {
      return OptionalInt.of(port.getPort());
    }
    if (target.getIntVal() != null) {
      int number = target.getIntVal();
      return OptionalInt.of(number == 0 ? port.getPort() : number);
    }
    return servingContainers()
        .flatMap(container -> container.getPorts().stream())
        .filter(known -> target.getStrVal().equals(known.getName()))
        .filter(known -> protocol.equals(protocol(known)))
        .mapToInt(ContainerPort::getContainerPort)
        .findFirst();
  }

  private static String protocol(ContainerPort port) {
    return Optional.ofNullable(port.getProtocol()).orElse("TCP");
  }

  /// Containers, and the init containers that go on running beside them.
  private Stream<Container> servingContainers() {
    return Stream.concat(
        pod.getSpec().getContainers().stream(),
        pod.getSpec().getInitContainers().stream()
            .filter(container -> "Always".equals(container.getRestartPolicy())));
  }
}
