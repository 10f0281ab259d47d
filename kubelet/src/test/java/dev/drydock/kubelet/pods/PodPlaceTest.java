package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Change;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Pods that ask for a node with certain labels, on a node whose labels change.
final class PodPlaceTest {
  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final RecordedEvents events = new RecordedEvents();

  private Map<String, String> seen = Map.of();
  private Map<String, String> newest = Map.of();
  private final PodAgent agent =
      NodeFixture.agent(
          clock, api, new FakeRuntime(clock), events, new NodeLabels(() -> seen, () -> newest));

  private String phaseOf(PodBuilder pod) {
    Pod created = api.resource(Kinds.POD).create(pod.build());
    agent.changed(new Change.Added<>(created));
    clock.advance(Duration.ofSeconds(1));
    clock.runDue();
    return api.find(Kinds.POD, ObjectKey.of(created)).orElseThrow().getStatus().getPhase();
  }

  private static PodBuilder pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-1")
        .addNewContainer()
        .withName("main")
        .withImage("nginx:1")
        .endContainer()
        .endSpec();
  }

  private static PodBuilder selecting(String name) {
    return pod(name).editSpec().addToNodeSelector("disk", "ssd").endSpec();
  }

  private static PodBuilder requiring(String name, String operator) {
    return pod(name)
        .editSpec()
        .withNewAffinity()
        .withNewNodeAffinity()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .addNewNodeSelectorTerm()
        .addNewMatchExpression()
        .withKey("disk")
        .withOperator(operator)
        .endMatchExpression()
        .endNodeSelectorTerm()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .endAffinity()
        .endSpec();
  }

  @Test
  void aLabelThatTheNodeWasGivenLaterCounts() {
    assertThat(phaseOf(selecting("before"))).isEqualTo("Failed");
    assertThat(events.reasons()).containsExactly("NodeAffinity");
    assertThat(events.all().getFirst().message())
        .isEqualTo(
            "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector");
    seen = Map.of("disk", "ssd");
    newest = seen;
    assertThat(phaseOf(selecting("after"))).isEqualTo("Running");
  }

  @Test
  void aLabelThatHasNotArrivedYetIsAskedFor() {
    newest = Map.of("disk", "ssd");
    assertThat(phaseOf(selecting("early"))).isEqualTo("Running");
  }

  @Test
  void requiredAffinityIsHeldToo() {
    seen = Map.of("disk", "ssd");
    newest = seen;
    assertThat(phaseOf(requiring("exists", "Exists"))).isEqualTo("Running");
    assertThat(phaseOf(requiring("absent", "DoesNotExist"))).isEqualTo("Failed");
  }
}
