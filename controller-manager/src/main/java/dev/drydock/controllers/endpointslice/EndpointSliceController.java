package dev.drydock.controllers.endpointslice;

import dev.drydock.client.cache.Informer;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.backends.Pace;
import dev.drydock.controllers.backends.ServiceSelection;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.List;

/// Builds the EndpointSlice controller.
public final class EndpointSliceController {
  private EndpointSliceController() {}

  /// How it is set.
  ///
  /// @param workers `--concurrent-service-endpoint-syncs`
  /// @param mostEndpoints `--max-endpoints-per-slice`
  /// @param batchPeriod `--endpointslice-updates-batch-period`, at least Kubernetes' own limit of
  ///     rounds per Service
  public record Settings(int workers, int mostEndpoints, Duration batchPeriod) {}

  public static Component of(ControllerContext context, Settings settings) {
    Informer<Service> services = context.informers().informer(Kinds.SERVICE);
    Informer<Pod> pods = context.informers().informer(Kinds.POD);
    Informer<Node> nodes = context.informers().informer(Kinds.NODE);
    Informer<EndpointSlice> slices =
        context
            .informers()
            .informer(Kinds.ENDPOINT_SLICE, List.of(EndpointSliceReconciler.BY_SERVICE));
    var caches =
        new EndpointSliceReconciler.Caches(
            services.lister(), pods.lister(), nodes.lister(), slices.lister());
    return Controller.named("endpointslice-controller", context.environment())
        .of("service")
        .workers(settings.workers())
        .watch(services, KeyMapper.self())
        .watch(pods, ServiceSelection.servicesOf(services.lister()))
        .watch(slices, slice -> EndpointSliceReconciler.service(slice).stream().toList())
        .watch(nodes, _ -> List.of())
        .reconcile(
            new EndpointSliceReconciler(
                caches,
                context.api().resource(Kinds.ENDPOINT_SLICE),
                context.recorders().apply("endpoint-slice-controller"),
                new Pace(context::moment, settings.batchPeriod()),
                settings.mostEndpoints()));
  }
}
