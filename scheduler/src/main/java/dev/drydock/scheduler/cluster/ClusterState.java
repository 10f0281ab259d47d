package dev.drydock.scheduler.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.Uid;
import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodView;
import io.fabric8.kubernetes.api.model.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the newest [ClusterView]. Each event changes only the part that it is about; whoever
/// holds an older view is not disturbed. Safe for all threads.
public final class ClusterState {
  private final Object lock = new Object();

  @GuardedBy("lock")
  private ClusterView view = ClusterView.EMPTY;

  @GuardedBy("lock")
  private final Map<Uid, Placed> placed = new HashMap<>();

  @GuardedBy("lock")
  private final Map<Uid, Placed> nominated = new HashMap<>();

  /// A pod on a node that may not be known yet.
  private record Placed(PodView pod, String node, Certainty certainty) {}

  private enum Certainty {
    SEEN,
    ASSUMED
  }

  public ClusterView view() {
    synchronized (lock) {
      return view;
    }
  }

  /// The view as this pod must see it: with the pods, at least as important, for which room is
  /// being made.
  public ClusterView viewFor(PodView pod) {
    synchronized (lock) {
      ClusterView seen = view;
      for (Placed each : nominated.values()) {
        if (!each.pod().uid().equals(pod.uid())
            && each.pod().priority() >= pod.priority()
            && seen.node(each.node()).isPresent()) {
          seen = seen.withPod(each.node(), each.pod());
        }
      }
      return seen;
    }
  }

  /// Room is being made for a pod that has no node yet.
  ///
  /// @param node empty: no longer
  public void nominate(PodView pod, String node) {
    synchronized (lock) {
      if (node.isEmpty()) {
        nominated.remove(pod.uid());
      } else if (!placed.containsKey(pod.uid())) {
        nominated.put(pod.uid(), new Placed(pod, node, Certainty.ASSUMED));
      }
    }
  }

  /// Where room is being made for a pod; empty: nowhere.
  public String nominatedNode(Uid uid) {
    synchronized (lock) {
      @Nullable Placed known = nominated.get(uid);
      return known == null ? "" : known.node();
    }
  }

  /// A node is there, or changed.
  ///
  /// @return what waiting pods may care about
  public Optional<ClusterChange> nodeSeen(Node node) {
    synchronized (lock) {
      String name = node.getMetadata().getName();
      Optional<NodeView> before = view.node(name);
      if (before.isPresent()) {
        NodeView after = before.get().withNode(node);
        view = view.withNode(after);
        return looksTheSame(before.get(), after)
            ? Optional.empty()
            : Optional.of(new ClusterChange.NodeChanged(before.get().node(), node));
      }
      NodeView added = NodeView.of(node);
      for (Placed each : placed.values()) {
        if (each.node().equals(name)) {
          added = added.with(each.pod());
        }
      }
      view = view.withNode(added);
      return Optional.of(new ClusterChange.NodeAdded(node));
    }
  }

  private static boolean looksTheSame(NodeView before, NodeView after) {
    return before.labels().equals(after.labels())
        && before.taints().equals(after.taints())
        && before.allocatable().equals(after.allocatable())
        && before.allowedPods() == after.allowedPods()
        && before.unschedulable() == after.unschedulable();
  }

  public void nodeGone(String name) {
    synchronized (lock) {
      view = view.withoutNode(name);
    }
  }

  /// A pod is on a node, says the API.
  ///
  /// @return what waiting pods may care about
  public Optional<ClusterChange> podSeen(PodView pod) {
    synchronized (lock) {
      @Nullable Placed before = placed.get(pod.uid());
      if (before == null) {
        put(pod, pod.nodeName(), Certainty.SEEN);
        return Optional.of(new ClusterChange.PodPlaced(pod));
      }
      boolean same = before.node().equals(pod.nodeName()) && before.pod().countsLike(pod);
      if (same) {
        placed.put(pod.uid(), new Placed(before.pod(), before.node(), Certainty.SEEN));
      } else {
        take(pod.uid());
        put(pod, pod.nodeName(), Certainty.SEEN);
      }
      if (before.certainty() == Certainty.ASSUMED) {
        return Optional.of(new ClusterChange.PodPlaced(pod));
      }
      return same ? Optional.empty() : Optional.of(new ClusterChange.PodChanged(before.pod(), pod));
    }
  }

  /// A pod has ended or is gone, says the API.
  ///
  /// @return what waiting pods may care about
  public Optional<ClusterChange> podGone(Uid uid) {
    synchronized (lock) {
      nominated.remove(uid);
      @Nullable Placed gone = take(uid);
      return gone == null ? Optional.empty() : Optional.of(new ClusterChange.PodGone(gone.pod()));
    }
  }

  /// Counts a pod as being on the node before the API says so.
  public void assume(PodView pod, String node) {
    synchronized (lock) {
      if (!placed.containsKey(pod.uid())) {
        put(pod, node, Certainty.ASSUMED);
      }
    }
  }

  /// Takes an assumption back; does nothing when the pod has been seen on a node.
  ///
  /// @return what waiting pods may care about
  public Optional<ClusterChange> forget(Uid uid) {
    synchronized (lock) {
      return isAssumed(uid) ? podGone(uid) : Optional.empty();
    }
  }

  public boolean isAssumed(Uid uid) {
    synchronized (lock) {
      @Nullable Placed known = placed.get(uid);
      return known != null && known.certainty() == Certainty.ASSUMED;
    }
  }

  @GuardedBy("lock")
  private void put(PodView pod, String node, Certainty certainty) {
    nominated.remove(pod.uid());
    placed.put(pod.uid(), new Placed(pod, node, certainty));
    if (view.node(node).isPresent()) {
      view = view.withPod(node, pod);
    }
  }

  @GuardedBy("lock")
  private @Nullable Placed take(Uid uid) {
    @Nullable Placed gone = placed.remove(uid);
    if (gone != null && view.node(gone.node()).isPresent()) {
      view = view.withoutPod(gone.node(), gone.pod());
    }
    return gone;
  }
}
