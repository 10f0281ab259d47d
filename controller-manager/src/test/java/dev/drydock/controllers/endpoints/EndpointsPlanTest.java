package dev.drydock.controllers.endpoints;

import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controllers.backends.Backend;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsPlanTest {

  private static Pod pod(String name, String address, String port) {
    return new PodBuilder(aPod(name).labelled("app", "web").on("n1").ready(address).build())
        .editSpec()
        .editFirstContainer()
        .addNewPort()
        .withName(port)
        .withContainerPort(8080)
        .withProtocol("TCP")
        .endPort()
        .endContainer()
        .endSpec()
        .build();
  }

  private static List<EndpointSubset> subsets(Service service, Pod... pods) {
    List<Backend> backends = List.of(pods).stream().map(pod -> new Backend(service, pod)).toList();
    return switch (EndpointsPlan.of(service, backends, null).orElseThrow()) {
      case EndpointsAction.Create(var made) -> made.getSubsets();
      case EndpointsAction.Update(var made) -> made.getSubsets();
    };
  }

  @Test
  void aPodWithoutTheNamedPortIsNoEndpoint() {
    Service service =
        new ServiceBuilder(aService("web").selecting("app", "web").build())
            .editSpec()
            .addNewPort()
            .withName("http")
            .withPort(80)
            .withProtocol("TCP")
            .withNewTargetPort("web")
            .endPort()
            .endSpec()
            .build();

    List<EndpointSubset> subsets =
        subsets(service, pod("a", "10.0.0.1", "web"), pod("b", "10.0.0.2", "other"));

    assertThat(subsets).hasSize(1);
    assertThat(subsets.getFirst().getAddresses())
        .extracting(address -> address.getIp())
        .containsExactly("10.0.0.1");
    assertThat(subsets.getFirst().getPorts().getFirst().getPort()).isEqualTo(8080);
  }

  @Test
  void aHeadlessServiceWithoutPortsHasAllPods() {
    Service service =
        new ServiceBuilder(aService("web").selecting("app", "web").build())
            .editSpec()
            .withClusterIP("None")
            .withPorts(List.of())
            .endSpec()
            .build();

    assertThat(subsets(service, pod("a", "10.0.0.1", "web"))).hasSize(1);
  }
}
