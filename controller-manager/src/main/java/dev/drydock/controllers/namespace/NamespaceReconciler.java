package dev.drydock.controllers.namespace;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.context.CustomTypes;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Deletes everything in a terminating namespace, waits until it is gone, and then gives up the
/// finalizer that holds the namespace.
public final class NamespaceReconciler implements Reconciler {
  private static final String FINALIZER = "kubernetes";
  private static final String TERMINATING = "Terminating";
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Lister<Namespace> namespaces;
  private final Api api;
  private final NamespaceContent content;
  private final InstantSource clock;

  private NamespaceReconciler(
      Lister<Namespace> namespaces, Api api, CustomTypes custom, InstantSource clock) {
    this.namespaces = namespaces;
    this.api = api;
    this.content = new NamespaceContent(api, custom);
    this.clock = clock;
  }

  /// Builds the controller.
  ///
  /// @param workers `--concurrent-namespace-syncs`
  public static Component controller(ControllerContext context, int workers) {
    Informer<Namespace> namespaces = context.informers().informer(Kinds.NAMESPACE);
    Informer<Pod> pods = context.informers().informer(Kinds.POD);
    return Controller.named("namespace-controller", context.environment())
        .of("namespace")
        .workers(workers)
        .watch(namespaces, KeyMapper.self())
        .watchChanges(pods, change -> lastPods(change, namespaces.lister(), pods.lister()))
        .reconcile(
            new NamespaceReconciler(
                namespaces.lister(),
                context.api(),
                new CustomTypes(context),
                context.environment().clock()));
  }

  /// The last pod of a terminating namespace is what it mostly waits for.
  private static Collection<ObjectKey> lastPods(
      Change<Pod> change, Lister<Namespace> namespaces, Lister<Pod> pods) {
    if (!(change instanceof Change.Removed<Pod>(Pod pod))) {
      return List.of();
    }
    ObjectKey key = ObjectKey.clusterScoped(pod.getMetadata().getNamespace());
    boolean waits =
        namespaces.get(key).filter(NamespaceReconciler::isTerminating).isPresent()
            && pods.inNamespace(key.name()).isEmpty();
    return waits ? List.of(key) : List.of();
  }

  private static boolean isTerminating(Namespace namespace) {
    return namespace.getMetadata().getDeletionTimestamp() != null;
  }

  private static boolean isHeld(Namespace namespace) {
    return namespace.getSpec() != null && namespace.getSpec().getFinalizers().contains(FINALIZER);
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    Optional<Namespace> found =
        namespaces
            .get(key)
            .filter(NamespaceReconciler::isTerminating)
            .filter(NamespaceReconciler::isHeld);
    if (found.isEmpty()) {
      return Result.done();
    }
    try {
      Namespace namespace = terminating(found.get());
      NamespaceContent.Rest rest = content.delete(key.name());
      namespace = report(namespace, rest);
      if (!rest.isEmpty()) {
        return Result.again(RETRY);
      }
      release(namespace);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
    return Result.done();
  }

  private Namespace terminating(Namespace namespace) {
    if (namespace.getStatus() != null && TERMINATING.equals(namespace.getStatus().getPhase())) {
      return namespace;
    }
    return api.status(Kinds.NAMESPACE)
        .update(
            new NamespaceBuilder(namespace)
                .editOrNewStatus()
                .withPhase(TERMINATING)
                .endStatus()
                .build());
  }

  private Namespace report(Namespace namespace, NamespaceContent.Rest rest) {
    List<NamespaceCondition> conditions =
        NamespaceStatusRules.conditions(namespace, rest, clock.instant());
    if (conditions.equals(namespace.getStatus().getConditions())) {
      return namespace;
    }
    return api.status(Kinds.NAMESPACE)
        .update(
            new NamespaceBuilder(namespace)
                .editStatus()
                .withConditions(conditions)
                .endStatus()
                .build());
  }

  private void release(Namespace namespace) {
    api.subresource(Kinds.NAMESPACE, "finalize", Namespace.class)
        .update(
            new NamespaceBuilder(namespace)
                .editSpec()
                .removeFromFinalizers(FINALIZER)
                .endSpec()
                .build());
  }
}
