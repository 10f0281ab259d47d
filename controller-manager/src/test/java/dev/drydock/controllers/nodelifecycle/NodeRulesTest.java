package dev.drydock.controllers.nodelifecycle;

import static dev.drydock.testkit.objects.Objects.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.nodelifecycle.NodeLifecycleSettings.Zones;
import dev.drydock.controllers.nodelifecycle.ZoneRules.State;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Health, taints and zones.
class NodeRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final Zones ZONES = new Zones(0.1, 0.01, 50, 0.55);
  private static final NodeLifecycleSettings SETTINGS =
      new NodeLifecycleSettings(
          Duration.ofSeconds(5), Duration.ofSeconds(50), Duration.ofMinutes(1), ZONES);

  private static Node node(String name, String ready) {
    return aNode(name).condition("Ready", ready).build();
  }

  @Test
  void aNodeIsGivenItsGraceAndThenUnknown() {
    Node node = node("n1", "True");
    var health = new NodeHealth("", "", NOW);
    Moment within = Moment.of(NOW.plusSeconds(50));
    assertThat(NodeHealthRules.judge(node, health, SETTINGS, within))
        .isEqualTo(node.getStatus().getConditions());
    List<NodeCondition> after =
        NodeHealthRules.judge(node, health, SETTINGS, Moment.of(NOW.plusSeconds(51)));
    assertThat(after)
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo("Unknown");
              assertThat(ready.getReason()).isEqualTo("NodeStatusUnknown");
              assertThat(ready.getMessage()).isEqualTo("Kubelet stopped posting node status.");
            });
    assertThat(after)
        .extracting(NodeCondition::getType)
        .contains("MemoryPressure", "DiskPressure", "PIDPressure");
  }

  @Test
  void aFasterLabGivesItsGraceFaster() {
    Node node = node("n1", "True");
    var health = new NodeHealth("", "", NOW);
    assertThat(NodeHealthRules.judge(node, health, SETTINGS, new Moment(NOW.plusSeconds(6), 10)))
        .isNotEqualTo(node.getStatus().getConditions());
  }

  @ParameterizedTest
  @CsvSource({
    "True, ''",
    "False, node.kubernetes.io/not-ready",
    "Unknown, node.kubernetes.io/unreachable"
  })
  void readinessBecomesATaint(String ready, String key) {
    List<String> keys =
        NodeTaintRules.withNoSchedule(node("n", ready), NOW).stream()
            .flatMap(List::stream)
            .map(Taint::getKey)
            .toList();
    assertThat(keys).isEqualTo(key.isEmpty() ? List.of() : List.of(key));
  }

  @Test
  void anotherOnesTaintsAreLeftAloneAndOldOnesGo() {
    Node node =
        aNode("n")
            .condition("Ready", "True")
            .tainted("mine", "x", "NoSchedule")
            .tainted("node.kubernetes.io/not-ready", "", "NoSchedule")
            .tainted("node.kubernetes.io/unreachable", "", "NoExecute")
            .build();
    assertThat(NodeTaintRules.withNoSchedule(node, NOW).orElseThrow())
        .extracting(Taint::getKey)
        .containsExactly("mine", "node.kubernetes.io/unreachable");
    assertThat(NodeTaintRules.withNoExecute(node, "True", NOW).orElseThrow())
        .extracting(Taint::getKey)
        .containsExactly("mine", "node.kubernetes.io/not-ready");
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, NORMAL",
    "2, 1, NORMAL",
    "1, 2, NORMAL",
    "0, 3, FULL_DISRUPTION",
    "2, 3, PARTIAL_DISRUPTION",
    "3, 3, NORMAL"
  })
  void zonesAreAsBadAsTheirNodes(int ready, int silent, State state) {
    List<Node> nodes =
        Stream.concat(
                IntStream.range(0, ready).mapToObj(i -> node("r" + i, "True")),
                IntStream.range(0, silent).mapToObj(i -> node("s" + i, "Unknown")))
            .toList();
    assertThat(ZoneRules.states(nodes, ZONES)).containsValue(state);
  }

  @Test
  void aZonePacesHowFastItsNodesAreGivenUp() {
    var queue = new EvictionQueue();
    queue.add("", "a");
    queue.add("", "b");
    assertThat(queue.poll("", Moment.of(NOW))).isEmpty();
    queue.setRate("", 0.1);
    assertThat(queue.poll("", Moment.of(NOW))).contains("a");
    assertThat(queue.poll("", Moment.of(NOW.plusSeconds(9)))).isEmpty();
    assertThat(queue.poll("", Moment.of(NOW.plusSeconds(10)))).contains("b");
    assertThat(ZoneRules.rate(State.PARTIAL_DISRUPTION, 50, ZONES)).isZero();
    assertThat(ZoneRules.rate(State.PARTIAL_DISRUPTION, 51, ZONES)).isEqualTo(0.01);
  }
}
