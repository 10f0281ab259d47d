package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.registry.bootstrap.Bootstrap;
import dev.drydock.apiserver.request.ReadOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ServiceTest {
  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aServiceGetsAnAddressAndItsDefaults() {
    ObjectNode service = create("s", "selector: {app: x}, ports: [{port: 80}]");

    assertThat(text(service, "/spec/clusterIP")).matches("10\\.(9[6-9]|10\\d|11[01])\\..*");
    assertThat(text(service, "/spec/clusterIPs/0")).isEqualTo(text(service, "/spec/clusterIP"));
    assertThat(text(service, "/spec/type")).isEqualTo("ClusterIP");
    assertThat(text(service, "/spec/ports/0/targetPort")).isEqualTo("80");
    assertThat(text(service, "/spec/ports/0/protocol")).isEqualTo("TCP");
    assertThat(text(service, "/spec/ipFamilies/0")).isEqualTo("IPv4");
    assertThat(text(service, "/spec/ipFamilyPolicy")).isEqualTo("SingleStack");
    assertThat(text(service, "/spec/internalTrafficPolicy")).isEqualTo("Cluster");
    assertThat(text(service, "/spec/sessionAffinity")).isEqualTo("None");
    assertThat(held()).isEqualTo(1);
  }

  @Test
  void aHeadlessServiceHoldsNothing() {
    ObjectNode service = create("s", "clusterIP: None, selector: {app: x}, ports: [{port: 80}]");

    assertThat(text(service, "/spec/clusterIP")).isEqualTo("None");
    assertThat(held()).isZero();
  }

  @Test
  void anAddressThatIsTakenIsRefused() {
    create("a", "clusterIP: '10.96.0.10', ports: [{port: 53}]");

    assertThatThrownBy(() -> create("b", "clusterIP: '10.96.0.10', ports: [{port: 53}]"))
        .hasMessage(
            "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed"
                + " to allocate IP 10.96.0.10: provided IP is already allocated");
    api.delete("services", "default", "a");
    create("b", "clusterIP: '10.96.0.10', ports: [{port: 53}]");
  }

  @Test
  void aNodePortIsGivenKeptAndGivenBack() {
    ObjectNode service = create("s", "type: NodePort, ports: [{port: 80}]");
    int nodePort = service.at("/spec/ports/0/nodePort").intValue();
    assertThat(nodePort).isBetween(30000, 32767);

    ObjectNode merged =
        api.merge(
                "services",
                "default",
                "s",
                "{spec: {ports: [{port: 80, targetPort: 8080, protocol: TCP}]}}")
            .object()
            .tree();
    assertThat(merged.at("/spec/ports/0/nodePort").intValue()).isEqualTo(nodePort);

    ObjectNode inner =
        api.merge("services", "default", "s", "{spec: {type: ClusterIP}}").object().tree();
    assertThat(inner.at("/spec/ports/0/nodePort").isMissingNode()).isTrue();
    create("t", "type: NodePort, ports: [{port: 80, nodePort: " + nodePort + "}]");
  }

  @Test
  void aNodePortThatIsTakenIsRefusedAndTheAddressGivenBack() {
    create("s", "type: NodePort, ports: [{port: 80, nodePort: 31111}]");

    assertThatThrownBy(() -> create("t", "type: NodePort, ports: [{port: 80, nodePort: 31111}]"))
        .hasMessage(
            "Service \"t\" is invalid: spec.ports[0].nodePort: Invalid value: 31111: provided"
                + " port is already allocated");
    assertThat(held()).isEqualTo(1);
    assertThatThrownBy(() -> create("t", "type: NodePort, ports: [{port: 80, nodePort: 80}]"))
        .hasMessage(
            "Service \"t\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port"
                + " is not in the valid range. The range of valid ports is 30000-32767");
  }

  @Test
  void theAddressNeverChanges() {
    create("s", "ports: [{port: 80}]");

    assertThatThrownBy(
            () ->
                api.merge(
                    "services",
                    "default",
                    "s",
                    "{spec: {clusterIP: '10.96.3.3', clusterIPs: ['10.96.3.3']}}"))
        .hasMessage(
            "Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: [\"10.96.3.3\"]: may"
                + " not change once set");
  }

  @Test
  void aServiceThatBecomesAnExternalNameGivesItsAddressBack() {
    create("s", "ports: [{port: 80}]");

    api.merge(
        "services", "default", "s", "{spec: {type: ExternalName, externalName: 'example.com'}}");

    assertThat(held()).isZero();
  }

  @Test
  void severalPortsNeedNames() {
    assertThatThrownBy(() -> create("s", "ports: [{port: 80}, {port: 81, name: b}]"))
        .hasMessage("Service \"s\" is invalid: spec.ports[0].name: Required value");
  }

  @Test
  void repairBringsTheBooksInLineWithTheServices() {
    ObjectNode service = create("s", "type: NodePort, ports: [{port: 80}]");
    String address = text(service, "/spec/clusterIP");
    api.delete("networking.k8s.io/v1/ipaddresses", "", address);
    api.create(
        "networking.k8s.io/v1/ipaddresses",
        "",
        "{metadata: {name: '10.96.9.9', labels: {'ipaddress.kubernetes.io/managed-by':"
            + " 'ipallocator.k8s.io'}}, spec: {parentRef: {resource: services, namespace:"
            + " default, name: gone}}}");
    api.create(
        "networking.k8s.io/v1/ipaddresses",
        "",
        "{metadata: {name: '10.96.9.10'}, spec: {parentRef: {resource: gateways, namespace:"
            + " default, name: theirs}}}");
    api.clock.advance(Duration.ofMinutes(5));

    api.registry.repairAllocations();

    assertThat(held()).as("the Service's, and one that is not the allocator's").isEqualTo(2);
    assertThat(text(api.get("networking.k8s.io/v1/ipaddresses", "", address), "/metadata/name"))
        .isEqualTo(address);
  }

  @Test
  void bootstrapMayHappenTwiceAndFromTwoServers() {
    for (String server : new String[] {"127.7.0.1", "127.7.0.2", "127.7.0.2"}) {
      new Bootstrap(
              api.registry,
              api.clock,
              new Bootstrap.ServerAddress("10.96.0.1", "10.96.0.0/12", server, 6443))
          .run();
    }

    assertThat(text(api.get("services", "default", "kubernetes"), "/spec/clusterIP"))
        .isEqualTo("10.96.0.1");
    assertThat(
            api.get("discovery.k8s.io/v1/endpointslices", "default", "kubernetes")
                .path("endpoints"))
        .hasSize(2);
    assertThat(
            text(
                api.get("scheduling.k8s.io/v1/priorityclasses", "", "system-node-critical"),
                "/value"))
        .isEqualTo("2000001000");
    ObjectNode namespace = api.get("namespaces", "", "kube-system");
    assertThat(text(namespace, "/status/phase")).isEqualTo("Active");
    assertThat(namespace.path("metadata").path("labels").path("kubernetes.io/metadata.name"))
        .hasToString("\"kube-system\"");
  }

  private ObjectNode create(String name, String spec) {
    return api.create(
            "services", "default", "{metadata: {name: " + name + "}, spec: {" + spec + "}}")
        .object()
        .tree();
  }

  private int held() {
    return api.list("networking.k8s.io/v1/ipaddresses", "", ReadOptions.NONE).items().size();
  }
}
