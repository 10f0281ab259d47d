package dev.drydock.controllers.nodeipam;

import static dev.drydock.testkit.objects.Objects.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every node has a part of its own.
class NodeIpamTest {
  private static final PodCidrs CIDRS = PodCidrs.of("10.244.0.0/16", 24);

  private static List<String> cidrs(Bench bench) {
    return bench.api.all(Kinds.NODE).stream()
        .map(Node::getSpec)
        .map(spec -> spec == null || spec.getPodCIDR() == null ? "" : spec.getPodCIDR())
        .toList();
  }

  @Test
  void partsAreNumbered() {
    assertThat(CIDRS.count()).isEqualTo(256);
    assertThat(CIDRS.part(0)).isEqualTo("10.244.0.0/24");
    assertThat(CIDRS.part(255)).isEqualTo("10.244.255.0/24");
    assertThat(PodCidrs.of("10.0.0.0/8", 24).part(65535)).isEqualTo("10.255.255.0/24");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.244.0.0", "10.244.0.0/33", "10.300.0.0/16", "fd00::/64"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> PodCidrs.of(text, 24)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFreePartIsFoundGoingRound() {
    PodCidrs few = PodCidrs.of("10.0.0.0/22", 24);
    assertThat(few.free(List.of("10.0.3.0/24"), 3)).contains(0);
    assertThat(few.free(List.of("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"), 0))
        .isEmpty();
  }

  @Test
  void nodesGetPartsThatNobodyHasAlsoAfterARestart() throws InterruptedException {
    try (Bench bench = new Bench()) {
      bench.api.given(aNode("old").podCidr("10.244.0.0/24").build());
      bench.run(context -> NodeIpamReconciler.controller(context, CIDRS));
      for (int i = 0; i < 20; i++) {
        bench.api.given(aNode("n" + i).build());
      }
      bench.until(() -> !cidrs(bench).contains(""));
      bench.loseAndReplay();
      assertThat(cidrs(bench)).hasSize(21).doesNotHaveDuplicates();
    }
  }

  @Test
  void aPartIsFreeAgainWhenItsNodeIsGone() throws InterruptedException {
    PodCidrs one = PodCidrs.of("10.244.0.0/24", 24);
    try (Bench bench = new Bench()) {
      bench.run(context -> NodeIpamReconciler.controller(context, one));
      bench.api.given(aNode("a").build());
      bench.until(() -> cidrs(bench).contains("10.244.0.0/24"));
      bench.api.given(aNode("b").build());
      bench.until(() -> bench.events.reasons().contains("CIDRNotAvailable"));
      bench.api.vanish(Kinds.NODE, ObjectKey.clusterScoped("a"));
      bench.until(Duration.ofSeconds(10), () -> cidrs(bench).equals(List.of("10.244.0.0/24")));
    }
  }
}
