package dev.drydock.controllers.replicaset;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Builds the two controllers of this package.
public final class ReplicaSetController {
  private ReplicaSetController() {}

  /// @param workers `--concurrent-replicaset-syncs`
  public static Component replicaSets(ControllerContext context, int workers) {
    Informer<ReplicaSet> sets =
        context.informers().informer(Kinds.REPLICA_SET, List.of(Indexes.controllerUid()));
    var source = new ReplicaSetSource(sets.lister(), context.api());
    EventRecorder events = context.recorders().apply("replicaset-controller");
    return Controller.named("replicaset-controller", context.environment())
        .of("replicaset")
        .workers(workers)
        .watch(sets, KeyMapper.self())
        .watch(
            pods(context),
            owners(
                "ReplicaSet", sets.lister(), set -> LabelSelector.of(set.getSpec().getSelector())))
        .reconcile(reconciler(context, source, events));
  }

  /// @param workers `--concurrent-rc-syncs`
  public static Component replicationControllers(ControllerContext context, int workers) {
    Informer<ReplicationController> sets =
        context.informers().informer(Kinds.REPLICATION_CONTROLLER);
    var source = new ReplicationControllerSource(sets.lister(), context.api());
    EventRecorder events = context.recorders().apply("replication-controller");
    return Controller.named("replicationcontroller-controller", context.environment())
        .of("replicationcontroller")
        .workers(workers)
        .watch(sets, KeyMapper.self())
        .watch(
            pods(context),
            owners(
                "ReplicationController",
                sets.lister(),
                set -> LabelSelector.ofLabels(set.getSpec().getSelector())))
        .reconcile(reconciler(context, source, events));
  }

  private static Informer<Pod> pods(ControllerContext context) {
    return context.informers().informer(Kinds.POD, List.of(Indexes.controllerUid()));
  }

  private static ReplicaSetReconciler reconciler(
      ControllerContext context, ReplicaSource source, EventRecorder events) {
    return new ReplicaSetReconciler(
        source, pods(context).lister(), context.api().resource(Kinds.POD), events, context::moment);
  }

  /// A pod concerns its controller; an orphan concerns every set that would take it.
  private static <T extends HasMetadata> KeyMapper<Pod> owners(
      String kind, Lister<T> sets, Function<T, LabelSelector> selector) {
    KeyMapper<Pod> controller = KeyMapper.controller(kind);
    return pod -> {
      if (Owner.controllerOf(pod).isPresent()) {
        return controller.keys(pod);
      }
      Collection<T> candidates = sets.inNamespace(pod.getMetadata().getNamespace());
      if (pod.getMetadata().getLabels() == null || candidates.isEmpty()) {
        return List.of();
      }
      return candidates.stream()
          .filter(set -> selector.apply(set).matches(pod.getMetadata().getLabels()))
          .map(ObjectKey::of)
          .toList();
    };
  }
}
