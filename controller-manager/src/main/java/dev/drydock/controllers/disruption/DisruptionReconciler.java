package dev.drydock.controllers.disruption;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.disruption.PodControllers.UnknownScaleException;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Keyed by PodDisruptionBudget: counts its pods and writes its status.
public final class DisruptionReconciler implements Reconciler {
  private final Caches caches;
  private final PodControllers controllers;
  private final ResourceClient<PodDisruptionBudget> client;
  private final EventRecorder events;
  private final Supplier<Moment> time;

  private record Caches(Lister<PodDisruptionBudget> budgets, Lister<Pod> pods) {}

  private DisruptionReconciler(
      Caches caches,
      PodControllers controllers,
      ResourceClient<PodDisruptionBudget> client,
      EventRecorder events,
      Supplier<Moment> time) {
    this.caches = caches;
    this.controllers = controllers;
    this.client = client;
    this.events = events;
    this.time = time;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context) {
    Informer<PodDisruptionBudget> budgets =
        context.informers().informer(Kinds.POD_DISRUPTION_BUDGET);
    Informer<Pod> pods = context.informers().informer(Kinds.POD);
    Informer<ReplicaSet> sets = context.informers().informer(Kinds.REPLICA_SET);
    Informer<Deployment> deployments = context.informers().informer(Kinds.DEPLOYMENT);
    Lister<PodDisruptionBudget> known = budgets.lister();
    return Controller.named("disruption-controller", context.environment())
        .of("poddisruptionbudget")
        .watch(budgets, KeyMapper.self())
        .watch(pods, pod -> budgetsOf(known, pod))
        .watch(sets, set -> allIn(known, set))
        .watch(deployments, deployment -> allIn(known, deployment))
        .reconcile(
            new DisruptionReconciler(
                new Caches(known, pods.lister()),
                new PodControllers(sets.lister(), deployments.lister(), context.api()),
                context.api().status(Kinds.POD_DISRUPTION_BUDGET),
                context.recorders().apply("controllermanager"),
                context::moment));
  }

  private static Collection<ObjectKey> budgetsOf(Lister<PodDisruptionBudget> budgets, Pod pod) {
    return budgets.inNamespace(pod.getMetadata().getNamespace()).stream()
        .filter(budget -> selects(budget, pod))
        .map(ObjectKey::of)
        .toList();
  }

  private static Collection<ObjectKey> allIn(
      Lister<PodDisruptionBudget> budgets, HasMetadata object) {
    return budgets.inNamespace(object.getMetadata().getNamespace()).stream()
        .map(ObjectKey::of)
        .toList();
  }

  private static boolean selects(PodDisruptionBudget budget, Pod pod) {
    return LabelSelector.of(budget.getSpec().getSelector()).matches(pod.getMetadata().getLabels());
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<PodDisruptionBudget> found = caches.budgets().get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    PodDisruptionBudget budget = found.get();
    List<Pod> pods =
        caches.pods().inNamespace(key.namespace()).stream()
            .filter(pod -> selects(budget, pod))
            .toList();
    if (pods.isEmpty()) {
      events.record(budget, EventRecorder.Type.NORMAL, "NoPods", "No matching pods found");
    }
    Moment now = time.get();
    int scale;
    try {
      scale = DisruptionPlan.needsScale(budget) ? controllers.scale(pods) : 0;
    } catch (UnknownScaleException unknown) {
      String why = String.valueOf(unknown.getMessage());
      events.record(
          budget,
          EventRecorder.Type.WARNING,
          "CalculateExpectedPodCountFailed",
          "Failed to calculate the number of expected pods: " + why);
      write(budget, DisruptionPlan.failed(budget, why, now.now()));
      return Result.done();
    }
    DisruptionPlan.Outcome outcome =
        DisruptionPlan.of(new DisruptionPlan.Observed(budget, pods, scale, now));
    write(budget, outcome.status());
    return outcome.again().map(Result::again).orElseGet(Result::done);
  }

  private void write(PodDisruptionBudget budget, PodDisruptionBudgetStatus status) {
    if (status.equals(budget.getStatus())) {
      return;
    }
    try {
      client.update(new PodDisruptionBudgetBuilder(budget).withStatus(status).build());
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
