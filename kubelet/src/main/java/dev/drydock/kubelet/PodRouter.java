package dev.drydock.kubelet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.kubelet.pods.PodAgent;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.Map;

/// Hands each pod's changes to the agent of its node: one watch serves all nodes of the process.
final class PodRouter {
  private final Informer<Pod> pods;

  @GuardedBy("this")
  private final Map<String, PodAgent> agents = new HashMap<>();

  PodRouter(Informer<Pod> pods) {
    this.pods = pods;
  }

  void start() {
    pods.addListener(this::route);
  }

  /// From now on the agent gets the pods of this node, beginning with those that are there.
  synchronized void attach(String node, PodAgent agent) {
    agents.put(node, agent);
    pods.lister().list().stream()
        .filter(pod -> node.equals(pod.getSpec().getNodeName()))
        .forEach(pod -> agent.changed(new Change.Added<>(pod)));
  }

  private synchronized void route(Change<Pod> change) {
    String node = change.newest().getSpec().getNodeName();
    PodAgent agent = node == null ? null : agents.get(node);
    if (agent != null) {
      agent.changed(change);
    }
  }
}
