package dev.drydock.controllers.endpointslicemirroring;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Index;
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
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keyed by Endpoints: keeps their slices as a [MirrorPlan] wants them, and removes those of
/// Endpoints that are gone or are not to be mirrored.
public final class MirroringReconciler implements Reconciler {
  private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
  private static final Index<EndpointSlice> BY_ENDPOINTS =
      new Index<>("mirrored", slice -> mirrored(slice).map(ObjectKey::toString).stream().toList());

  private final Lister<Endpoints> endpoints;
  private final Lister<Service> services;
  private final Lister<EndpointSlice> slices;
  private final ResourceClient<EndpointSlice> client;
  private final int most;

  private MirroringReconciler(
      Lister<Endpoints> endpoints,
      Lister<Service> services,
      Lister<EndpointSlice> slices,
      ResourceClient<EndpointSlice> client,
      int most) {
    this.endpoints = endpoints;
    this.services = services;
    this.slices = slices;
    this.client = client;
    this.most = most;
  }

  /// What can be set.
  ///
  /// @param workers `--mirroring-concurrent-service-endpoint-syncs`
  /// @param most `--mirroring-max-endpoints-per-subset`
  public record Settings(int workers, int most) {}

  /// Builds the controller.
  public static Component controller(ControllerContext context, Settings settings) {
    Informer<Endpoints> endpoints = context.informers().informer(Kinds.ENDPOINTS);
    Informer<Service> services = context.informers().informer(Kinds.SERVICE);
    Informer<EndpointSlice> slices =
        context.informers().informer(Kinds.ENDPOINT_SLICE, List.of(BY_ENDPOINTS));
    return Controller.named("endpointslice-mirroring-controller", context.environment())
        .of("endpoints")
        .workers(settings.workers())
        .watch(endpoints, KeyMapper.self())
        .watch(services, KeyMapper.self())
        .watch(slices, slice -> mirrored(slice).stream().toList())
        .reconcile(
            new MirroringReconciler(
                endpoints.lister(),
                services.lister(),
                slices.lister(),
                context.api().resource(Kinds.ENDPOINT_SLICE),
                settings.most()));
  }

  private static Optional<ObjectKey> mirrored(EndpointSlice slice) {
    Map<String, String> labels = slice.getMetadata().getLabels();
    if (labels == null || !MirrorPlan.CONTROLLER.equals(labels.get(MirrorPlan.MANAGED_BY))) {
      return Optional.empty();
    }
    return Optional.ofNullable(labels.get(MirrorPlan.SERVICE_NAME))
        .map(name -> ObjectKey.of(slice.getMetadata().getNamespace(), name));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    List<EndpointSlice> present = slices.byIndex(BY_ENDPOINTS, key.toString());
    Optional<Endpoints> source = endpoints.get(key).filter(MirroringReconciler::isWanted);
    boolean selects =
        services
            .get(key)
            .map(service -> service.getSpec().getSelector())
            .filter(selector -> !selector.isEmpty())
            .isPresent();
    if (source.isEmpty() || services.get(key).isEmpty() || selects) {
      present.forEach(this::delete);
      return Result.done();
    }
    MirrorPlan.of(source.get(), present, most).forEach(this::carryOut);
    return Result.done();
  }

  private static boolean isWanted(Endpoints endpoints) {
    Map<String, String> labels = endpoints.getMetadata().getLabels();
    Map<String, String> annotations = endpoints.getMetadata().getAnnotations();
    boolean skipped = labels != null && "true".equals(labels.get(SKIP));
    boolean election = annotations != null && annotations.containsKey(LEADER);
    return !skipped && !election && endpoints.getMetadata().getDeletionTimestamp() == null;
  }

  private void carryOut(MirrorAction action) {
    switch (action) {
      case MirrorAction.Create(EndpointSlice slice) -> client.create(slice);
      case MirrorAction.Update(EndpointSlice slice) -> client.update(slice);
      case MirrorAction.Delete(EndpointSlice slice) -> delete(slice);
    }
  }

  private void delete(EndpointSlice slice) {
    try {
      client.delete(ObjectKey.of(slice), Deletion.DEFAULT.onlyIf(Uid.of(slice)));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
