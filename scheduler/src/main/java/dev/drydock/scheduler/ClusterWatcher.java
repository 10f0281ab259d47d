package dev.drydock.scheduler;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cause.Causes;
import dev.drydock.scheduler.cluster.ClusterState;
import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.plugins.gates.SchedulingGates;
import dev.drydock.scheduler.preemption.Preemption;
import dev.drydock.scheduler.queue.SchedulingQueue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Sorts what the API tells: pods on nodes into the state of the cluster, pods without a node into
/// the queue, and wakes pods that a change may help.
final class ClusterWatcher {
  private final String schedulerName;
  private final ClusterState cluster;
  private final SchedulingQueue queue;
  private final BiConsumer<Pod, String> gated;

  /// @param gated told of pods that are held by scheduling gates, and the message for it
  ClusterWatcher(
      String schedulerName,
      ClusterState cluster,
      SchedulingQueue queue,
      BiConsumer<Pod, String> gated) {
    this.schedulerName = schedulerName;
    this.cluster = cluster;
    this.queue = queue;
    this.gated = gated;
  }

  void nodeChanged(Change<Node> change) {
    switch (change) {
      case Change.Added<Node>(Node node) -> wake(cluster.nodeSeen(node), node);
      case Change.Updated<Node>(Node _, Node node) -> wake(cluster.nodeSeen(node), node);
      case Change.Removed<Node>(Node node) -> cluster.nodeGone(node.getMetadata().getName());
    }
  }

  void podChanged(Change<Pod> change) {
    switch (change) {
      case Change.Added<Pod>(Pod pod) -> seen(pod);
      case Change.Updated<Pod>(Pod before, Pod after) -> {
        if (!Uid.of(before).equals(Uid.of(after))) {
          gone(before);
        }
        seen(after);
      }
      case Change.Removed<Pod>(Pod pod) -> gone(pod);
    }
  }

  private void seen(Pod pod) {
    if (hasEnded(pod)) {
      gone(pod);
    } else if (!PodView.nodeName(pod).isEmpty()) {
      queue.remove(Uid.of(pod));
      wake(cluster.podSeen(PodView.of(pod)), pod);
    } else if (pod.getMetadata().getDeletionTimestamp() != null) {
      gone(pod);
    } else if (isOurs(pod) && !cluster.isAssumed(Uid.of(pod))) {
      PodView view = PodView.of(pod);
      String nominated = Preemption.nominatedNode(pod);
      if (!nominated.isEmpty()) {
        cluster.nominate(view, nominated);
      }
      queue.seen(view, Revision.of(pod));
      if (SchedulingGates.hold(pod)) {
        Causes.with(List.of(Revision.of(pod)), () -> gated.accept(pod, SchedulingGates.MESSAGE));
      }
    }
  }

  private static boolean hasEnded(Pod pod) {
    @Nullable String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  private boolean isOurs(Pod pod) {
    @Nullable String wanted = pod.getSpec().getSchedulerName();
    return wanted == null || wanted.isEmpty() || wanted.equals(schedulerName);
  }

  private void gone(Pod pod) {
    queue.remove(Uid.of(pod));
    wake(cluster.podGone(Uid.of(pod)), pod);
  }

  private void wake(Optional<ClusterChange> change, HasMetadata cause) {
    change.ifPresent(each -> queue.changed(each, Revision.of(cause)));
  }
}
