package dev.drydock.controllers.deployment;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Builds the Deployment controller.
public final class DeploymentController {
  private DeploymentController() {}

  /// @param workers `--concurrent-deployment-syncs`
  public static Component of(ControllerContext context, int workers) {
    Informer<Deployment> deployments = context.informers().informer(Kinds.DEPLOYMENT);
    Informer<ReplicaSet> sets =
        context.informers().informer(Kinds.REPLICA_SET, List.of(Indexes.controllerUid()));
    Informer<Pod> pods = context.informers().informer(Kinds.POD, List.of(Indexes.controllerUid()));
    return Controller.named("deployment-controller", context.environment())
        .of("deployment")
        .workers(workers)
        .watch(deployments, KeyMapper.self())
        .watch(sets, owners(deployments.lister()))
        .watchChanges(pods, change -> lastPods(change, sets.lister(), deployments.lister()))
        .reconcile(
            new DeploymentReconciler(
                deployments.lister(),
                sets.lister(),
                pods.lister(),
                context.api(),
                context.recorders().apply("deployment-controller"),
                context::moment));
  }

  /// A set concerns its controller; an orphan concerns every Deployment that would take it.
  private static KeyMapper<ReplicaSet> owners(Lister<Deployment> deployments) {
    KeyMapper<ReplicaSet> controller = KeyMapper.controller("Deployment");
    return set -> {
      if (Owner.controllerOf(set).isPresent()) {
        return controller.keys(set);
      }
      return deployments.inNamespace(set.getMetadata().getNamespace()).stream()
          .filter(
              deployment ->
                  LabelSelector.of(deployment.getSpec().getSelector())
                      .matches(set.getMetadata().getLabels()))
          .map(ObjectKey::of)
          .toList();
    };
  }

  /// With the strategy Recreate, the end of a pod can be what the Deployment waits for.
  private static Collection<ObjectKey> lastPods(
      Change<Pod> change, Lister<ReplicaSet> sets, Lister<Deployment> deployments) {
    if (!(change instanceof Change.Removed<Pod>(Pod pod))) {
      return List.of();
    }
    String namespace = pod.getMetadata().getNamespace();
    return Owner.controllerOf(pod).stream()
        .filter(owner -> owner.getKind().equals("ReplicaSet"))
        .flatMap(owner -> sets.get(ObjectKey.of(namespace, owner.getName())).stream())
        .flatMap(set -> Owner.controllerOf(set).stream())
        .map(owner -> ObjectKey.of(namespace, owner.getName()))
        .filter(key -> deployments.get(key).filter(Bounds::isRecreate).isPresent())
        .flatMap(Stream::of)
        .toList();
  }
}
