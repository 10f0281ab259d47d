package dev.drydock.controllers.tainteviction;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Keyed by pod: looks at the taints of its node now, and again when a toleration runs out. A taint
/// that goes in between leaves nothing to do.
public final class TaintEvictionReconciler implements Reconciler {
  private final Lister<Pod> pods;
  private final Lister<Node> nodes;
  private final Api api;
  private final EventRecorder events;
  private final Supplier<Moment> time;

  /// Pods that are tolerated for a time, since when.
  private final Map<Uid, Instant> doomed = new ConcurrentHashMap<>();

  private TaintEvictionReconciler(
      Lister<Pod> pods, Lister<Node> nodes, Api api, EventRecorder events, Supplier<Moment> time) {
    this.pods = pods;
    this.nodes = nodes;
    this.api = api;
    this.events = events;
    this.time = time;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context, int workers) {
    Informer<Pod> pods = context.informers().informer(Kinds.POD, List.of(Indexes.nodeName()));
    Informer<Node> nodes = context.informers().informer(Kinds.NODE);
    return Controller.named("taint-eviction-controller", context.environment())
        .of("pod")
        .workers(workers)
        .watchChanges(pods, change -> bindings(change, nodes.lister()))
        .watchChanges(nodes, change -> podsUnder(change, pods.lister()))
        .reconcile(
            new TaintEvictionReconciler(
                pods.lister(),
                nodes.lister(),
                context.api(),
                context.recorders().apply("taint-eviction-controller"),
                context::moment));
  }

  /// A pod matters when it is new on a tainted node, changes what it tolerates, or goes.
  private static Collection<ObjectKey> bindings(Change<Pod> change, Lister<Node> nodes) {
    if (change instanceof Change.Updated<Pod>(Pod before, Pod after)
        && PodFacts.nodeName(before).equals(PodFacts.nodeName(after))
        && before.getSpec().getTolerations().equals(after.getSpec().getTolerations())) {
      return List.of();
    }
    Pod pod = change.newest();
    String node = PodFacts.nodeName(pod);
    boolean tainted =
        !node.isEmpty()
            && nodes
                .get(ObjectKey.clusterScoped(node))
                .filter(found -> !expelling(found).isEmpty())
                .isPresent();
    return tainted || change instanceof Change.Removed<Pod>
        ? List.of(ObjectKey.of(pod))
        : List.of();
  }

  /// A node matters when its expelling taints change.
  private static Collection<ObjectKey> podsUnder(Change<Node> change, Lister<Pod> pods) {
    if (change instanceof Change.Updated<Node>(Node before, Node after)
        && expelling(before).equals(expelling(after))) {
      return List.of();
    }
    if (change instanceof Change.Added<Node>(Node node) && expelling(node).isEmpty()) {
      return List.of();
    }
    return pods.byIndex(Indexes.nodeName(), change.newest().getMetadata().getName()).stream()
        .map(ObjectKey::of)
        .toList();
  }

  private static List<Taint> expelling(Node node) {
    return node.getSpec() == null
        ? List.of()
        : TaintEvictionPlan.noExecute(node.getSpec().getTaints());
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Pod> found = pods.get(key);
    if (found.isEmpty() || PodFacts.nodeName(found.get()).isEmpty()) {
      return Result.done();
    }
    Pod pod = found.get();
    Uid uid = Uid.of(pod);
    List<Taint> taints =
        nodes
            .get(ObjectKey.clusterScoped(PodFacts.nodeName(pod)))
            .map(TaintEvictionReconciler::expelling)
            .orElse(List.of());
    Moment at = time.get();
    Instant firstSeen = doomed.getOrDefault(uid, at.now());
    return switch (TaintEvictionPlan.of(pod, taints, firstSeen, at)) {
      case TaintEvictionAction.Stay() -> {
        if (doomed.remove(uid) != null && !PodFacts.isTerminating(pod)) {
          events.record(
              pod,
              EventRecorder.Type.NORMAL,
              "TaintManagerEviction",
              "Cancelling deletion of Pod " + key);
        }
        yield Result.done();
      }
      case TaintEvictionAction.EvictLater(Duration after) -> {
        doomed.put(uid, firstSeen);
        yield Result.again(after);
      }
      case TaintEvictionAction.Evict() -> {
        evict(key, pod);
        doomed.remove(uid);
        yield Result.done();
      }
    };
  }

  private void evict(ObjectKey key, Pod pod) {
    events.record(
        pod, EventRecorder.Type.NORMAL, "TaintManagerEviction", "Marking for deletion Pod " + key);
    try {
      if (!PodFacts.isTerminal(pod)) {
        api.status(Kinds.POD).update(disrupted(pod));
      }
      api.resource(Kinds.POD).delete(key, Deletion.DEFAULT.onlyIf(Uid.of(pod)));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private Pod disrupted(Pod pod) {
    PodCondition condition =
        new PodConditionBuilder()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason("DeletionByTaintManager")
            .withMessage("Taint manager: deleting due to NoExecute taint")
            .withObservedGeneration(pod.getMetadata().getGeneration())
            .withLastTransitionTime(KubernetesTime.seconds(time.get().now()))
            .build();
    return new PodBuilder(pod)
        .editOrNewStatus()
        .removeMatchingFromConditions(known -> "DisruptionTarget".equals(known.getType()))
        .addToConditions(condition)
        .endStatus()
        .build();
  }
}
