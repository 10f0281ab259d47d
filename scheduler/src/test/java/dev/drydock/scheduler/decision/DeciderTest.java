package dev.drydock.scheduler.decision;

import static dev.drydock.testkit.objects.Objects.aNode;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.scheduler.cluster.ClusterState;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.plugins.DefaultPlugins;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeciderTest {

  @Test
  void aClusterWithoutNodesSaysSo() {
    assertThat(new World().outcome(aPod("a"))).isEqualTo("no nodes available to schedule pods");
  }

  @Test
  void reasonsAreCountedAndSorted() {
    var world =
        new World()
            .with(
                aNode("a").room("cpu", "1"),
                aNode("b").unschedulable(),
                aNode("c").room("cpu", "1").room("memory", "1Mi"));
    assertThat(world.outcome(aPod("p").requesting("cpu", "2").requesting("memory", "1Gi")))
        .isEqualTo(
            "0/3 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable, 2"
                + " Insufficient cpu.");
  }

  @Test
  void equalNodesAreChosenByChance() {
    var state = new ClusterState();
    for (int i = 0; i < 4; i++) {
      state.nodeSeen(aNode("n" + i).build());
    }
    var decider = new Decider(DefaultPlugins.filters(), DefaultPlugins.scores(), new Random(1));
    Set<String> chosen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      if (decider.decide(PodView.of(aPod("p").build()), state.view(), 0)
          instanceof Decision.Placed placed) {
        chosen.add(placed.node());
      }
    }
    assertThat(chosen).hasSize(4);
  }

  @Test
  void largeClustersAreSampled() {
    assertThat(Decider.enough(50)).isEqualTo(50);
    assertThat(Decider.enough(100)).isEqualTo(100);
    assertThat(Decider.enough(1000)).isEqualTo(420);
    assertThat(Decider.enough(5000)).isEqualTo(500);
    assertThat(Decider.enough(6000)).isEqualTo(300);
  }

  @Test
  void aThousandPodsOfOneServiceLieEvenly() {
    var state = new ClusterState();
    for (int i = 0; i < 50; i++) {
      state.nodeSeen(aNode("n" + i).room("cpu", "32").room("memory", "64Gi").build());
    }
    var decider = new Decider(DefaultPlugins.filters(), DefaultPlugins.scores(), new Random(1));
    LabelSelector web = LabelSelector.parse("app=web");
    for (int i = 0; i < 1000; i++) {
      PodView pod =
          PodView.of(aPod("p" + i).labelled("app", "web").requesting("cpu", "100m").build())
              .withWorkload(web);
      if (decider.decide(pod, state.view(), i) instanceof Decision.Placed placed) {
        state.assume(pod, placed.node());
      }
    }
    assertThat(state.view().nodes()).allSatisfy(node -> assertThat(node.pods()).hasSize(20));
  }
}
