package dev.drydock.scheduler.decision;

import dev.drydock.scheduler.cluster.ClusterState;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.plugins.DefaultPlugins;
import dev.drydock.testkit.objects.NodeObject;
import dev.drydock.testkit.objects.PodObject;
import java.util.Random;

/// A cluster described in a line or two, and what is decided about a pod there.
public final class World {
  private final ClusterState state = new ClusterState();

  public World with(NodeObject... nodes) {
    for (NodeObject node : nodes) {
      state.nodeSeen(node.build());
    }
    return this;
  }

  public World with(PodObject... pods) {
    for (PodObject pod : pods) {
      state.podSeen(PodView.of(pod.build()));
    }
    return this;
  }

  public Decision decide(PodObject pod) {
    return decide(PodView.of(pod.build()));
  }

  public Decision decide(PodView pod) {
    var decider = new Decider(DefaultPlugins.filters(), DefaultPlugins.scores(), new Random(1));
    return decider.decide(pod, state.view(), 0);
  }

  /// The node, or the message that says why there is none.
  public String outcome(PodObject pod) {
    return outcome(PodView.of(pod.build()));
  }

  public String outcome(PodView pod) {
    return switch (decide(pod)) {
      case Decision.Placed placed -> placed.node();
      case Decision.Nowhere nowhere -> nowhere.message();
    };
  }
}
