package dev.drydock.controllers.endpoints;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.backends.Pace;
import dev.drydock.controllers.backends.ServiceSelection;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keyed by Service: keeps its Endpoints as an [EndpointsPlan] wants them, and removes those of a
/// Service that is gone.
public final class EndpointsReconciler implements Reconciler {
  private final Lister<Service> services;
  private final Lister<Pod> pods;
  private final Lister<Endpoints> endpoints;
  private final ResourceClient<Endpoints> client;
  private final Pace pace;

  private EndpointsReconciler(
      Lister<Service> services,
      Lister<Pod> pods,
      Lister<Endpoints> endpoints,
      ResourceClient<Endpoints> client,
      Pace pace) {
    this.services = services;
    this.pods = pods;
    this.endpoints = endpoints;
    this.client = client;
    this.pace = pace;
  }

  /// Builds the controller.
  ///
  /// @param workers `--concurrent-endpoint-syncs`
  /// @param batchPeriod `--endpoint-updates-batch-period`, at least Kubernetes' own limit
  public static Component controller(ControllerContext context, int workers, Duration batchPeriod) {
    Informer<Service> services = context.informers().informer(Kinds.SERVICE);
    Informer<Pod> pods = context.informers().informer(Kinds.POD);
    Informer<Endpoints> endpoints = context.informers().informer(Kinds.ENDPOINTS);
    return Controller.named("endpoints-controller", context.environment())
        .of("service")
        .workers(workers)
        .watch(services, KeyMapper.self())
        .watch(pods, ServiceSelection.servicesOf(services.lister()))
        .watch(endpoints, one -> isOurs(one) ? List.of(ObjectKey.of(one)) : List.of())
        .reconcile(
            new EndpointsReconciler(
                services.lister(),
                pods.lister(),
                endpoints.lister(),
                context.api().resource(Kinds.ENDPOINTS),
                new Pace(context::moment, batchPeriod)));
  }

  private static boolean isOurs(Endpoints endpoints) {
    Map<String, String> labels = endpoints.getMetadata().getLabels();
    return labels != null && EndpointsPlan.CONTROLLER.equals(labels.get(EndpointsPlan.MANAGED_BY));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Service> service = services.get(key);
    Optional<Endpoints> present = endpoints.get(key);
    if (service.isEmpty()) {
      pace.forget(key);
      present.filter(EndpointsReconciler::isOurs).ifPresent(this::delete);
      return Result.done();
    }
    if (!ServiceSelection.selects(service.get())) {
      return Result.done();
    }
    Optional<Duration> wait = pace.mustWait(key);
    if (wait.isPresent()) {
      return Result.again(wait.get());
    }
    EndpointsPlan.of(
            service.get(), ServiceSelection.backends(service.get(), pods), present.orElse(null))
        .ifPresent(this::carryOut);
    return Result.done();
  }

  private void carryOut(EndpointsAction action) {
    switch (action) {
      case EndpointsAction.Create(Endpoints wanted) -> client.create(wanted);
      case EndpointsAction.Update(Endpoints wanted) -> client.update(wanted);
    }
  }

  private void delete(Endpoints gone) {
    try {
      client.delete(ObjectKey.of(gone), Deletion.DEFAULT.onlyIf(Uid.of(gone)));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
