package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static dev.drydock.apiserver.registry.RegistryFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.registry.bootstrap.Bootstrap;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.Target;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Services get their addresses from whatever ServiceCIDRs there are.
class ServiceRangesTest {
  private static final String RANGES = "networking.k8s.io/v1/servicecidrs";

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private void range(String name, String cidr) {
    api.create(RANGES, "", "{metadata: {name: " + name + "}, spec: {cidrs: ['" + cidr + "']}}");
  }

  private void ready(String name, String status) {
    api.registry.patch(
        api.context,
        new Target(type(RANGES), "", name, "status"),
        new PatchBody.Merge(
            json(
                "{status: {conditions: [{type: Ready, status: '"
                    + status
                    + "', reason: x, message: x, lastTransitionTime: '2026-01-01T00:00:00Z'}]}}")),
        RegistryFixture.STORED);
  }

  private String service(String name, String more) {
    ObjectNode made =
        api.create(
                "services",
                "default",
                "{metadata: {name: " + name + "}, spec: {ports: [{port: 80}]" + more + "}}")
            .object()
            .tree();
    return text(made, "/spec/clusterIP");
  }

  @Test
  void whenARangeIsFullTheNextOneGives() {
    range("kubernetes", "10.96.0.0/30");
    var first = new TreeSet<String>();
    first.add(service("a", ""));
    first.add(service("b", ""));
    assertThat(first).containsExactly("10.96.0.1", "10.96.0.2");
    assertThatThrownBy(() -> service("c", ""))
        .hasMessageContaining("failed to allocate a serviceIP: range is full");

    range("more", "10.97.0.0/24");
    assertThat(service("c", "")).startsWith("10.97.0.");
    assertThat(
            text(
                api.get(
                    "networking.k8s.io/v1/ipaddresses",
                    "",
                    text(api.get("services", "default", "c"), "/spec/clusterIP")),
                "/spec/parentRef/name"))
        .isEqualTo("c");
    api.delete("services", "default", "a");
    assertThat(service("d", "")).as("the first range gives again").isIn(first);
  }

  @Test
  void aWantedAddressMustBeInARangeThatIsReady() {
    range("kubernetes", "10.96.0.0/24");
    String wanted = ", clusterIP: '10.97.0.7'";
    String refusal =
        "spec.clusterIPs: Invalid value: [\"10.97.0.7\"]: failed to allocate IP 10.97.0.7: the"
            + " provided network does not match the current range";
    assertThatThrownBy(() -> service("a", wanted)).hasMessageContaining(refusal);
    range("more", "10.97.0.0/24");
    ready("more", "False");
    assertThatThrownBy(() -> service("a", wanted)).hasMessageContaining(refusal);
    ready("more", "True");
    assertThat(service("a", wanted)).isEqualTo("10.97.0.7");
    assertThatThrownBy(() -> service("b", ", clusterIP: '10.97.0.255'"))
        .as("nobody has the broadcast address")
        .hasMessageContaining("does not match the current range");
  }

  @Test
  void rangesMayOverlapAndOneThatGoesGivesNothing() {
    range("kubernetes", "10.96.0.0/24");
    range("inside", "10.96.0.128/25");
    api.registry.patch(
        api.context,
        RegistryFixture.target(RANGES, "", "kubernetes"),
        new PatchBody.Merge(json("{metadata: {finalizers: ['networking.k8s.io/x']}}")),
        RegistryFixture.STORED);
    api.delete(RANGES, "", "kubernetes");

    assertThat(service("a", ", clusterIP: '10.96.0.130'")).isEqualTo("10.96.0.130");
    assertThatThrownBy(() -> service("b", ", clusterIP: '10.96.0.5'"))
        .hasMessageContaining("does not match the current range");
  }

  @Test
  void theFirstRangeIsReadyFromTheBeginning() {
    new Bootstrap(
            api.registry,
            api.clock,
            new Bootstrap.ServerAddress("10.96.0.1", "10.96.0.0/12", "127.7.0.1", 6443))
        .run();
    ObjectNode first = api.get(RANGES, "", "kubernetes");
    assertThat(text(first, "/status/conditions/0/status")).isEqualTo("True");
    assertThat(text(first, "/status/conditions/0/message"))
        .isEqualTo("Kubernetes default Service CIDR is ready");
  }
}
