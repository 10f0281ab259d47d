package dev.drydock.controllers.endpointslice;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Index;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.backends.Pace;
import dev.drydock.controllers.backends.ServiceSelection;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keyed by Service: gathers what an [EndpointSlicePlan] needs and does what it asks for.
final class EndpointSliceReconciler implements Reconciler {
  /// Managed slices by the Service they belong to.
  static final Index<EndpointSlice> BY_SERVICE =
      new Index<>("service", slice -> service(slice).map(ObjectKey::toString).stream().toList());

  private static final String ZONE = "topology.kubernetes.io/zone";

  private final Caches caches;
  private final ResourceClient<EndpointSlice> client;
  private final EventRecorder events;
  private final Pace pace;
  private final int mostEndpoints;

  /// What it reads.
  record Caches(
      Lister<Service> services,
      Lister<Pod> pods,
      Lister<Node> nodes,
      Lister<EndpointSlice> slices) {}

  EndpointSliceReconciler(
      Caches caches,
      ResourceClient<EndpointSlice> client,
      EventRecorder events,
      Pace pace,
      int mostEndpoints) {
    this.caches = caches;
    this.client = client;
    this.events = events;
    this.pace = pace;
    this.mostEndpoints = mostEndpoints;
  }

  /// The Service of a slice that this controller manages; empty for others' slices.
  static Optional<ObjectKey> service(EndpointSlice slice) {
    Map<String, String> labels = slice.getMetadata().getLabels();
    if (labels == null || !SliceFrame.CONTROLLER.equals(labels.get(SliceFrame.MANAGED_BY))) {
      return Optional.empty();
    }
    return Optional.ofNullable(labels.get(SliceFrame.SERVICE_NAME))
        .map(name -> ObjectKey.of(slice.getMetadata().getNamespace(), name));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Service> service = caches.services().get(key);
    if (service.isEmpty()) {
      pace.forget(key);
      return Result.done();
    }
    if (!ServiceSelection.selects(service.get())
        || service.get().getMetadata().getDeletionTimestamp() != null) {
      return Result.done();
    }
    Optional<Duration> wait = pace.mustWait(key);
    if (wait.isPresent()) {
      return Result.again(wait.get());
    }
    try {
      EndpointSlicePlan.of(gather(key, service.get())).forEach(this::carryOut);
    } catch (ApiException e) {
      if (!e.isConflict()) {
        events.record(
            service.get(),
            EventRecorder.Type.WARNING,
            "FailedToUpdateEndpointSlices",
            "Error updating Endpoint Slices for Service " + key + ": " + e.getMessage());
      }
      throw e;
    }
    return Result.done();
  }

  private EndpointSlicePlan.Observed gather(ObjectKey key, Service service) {
    List<EndpointSlice> slices = caches.slices().byIndex(BY_SERVICE, key.toString());
    return new EndpointSlicePlan.Observed(
        service, ServiceSelection.backends(service, caches.pods()), zones(), slices, mostEndpoints);
  }

  private Map<String, String> zones() {
    var zones = new HashMap<String, String>();
    for (Node node : caches.nodes().list()) {
      Map<String, String> labels = node.getMetadata().getLabels();
      String zone = labels == null ? null : labels.get(ZONE);
      if (zone != null) {
        zones.put(node.getMetadata().getName(), zone);
      }
    }
    return zones;
  }

  private void carryOut(EndpointSliceAction action) {
    switch (action) {
      case EndpointSliceAction.Create(EndpointSlice slice) -> client.create(slice);
      case EndpointSliceAction.Update(EndpointSlice slice) -> client.update(slice);
      case EndpointSliceAction.Delete(EndpointSlice slice) -> {
        try {
          client.delete(ObjectKey.of(slice), Deletion.DEFAULT.onlyIf(Uid.of(slice)));
        } catch (ApiException e) {
          if (!e.isNotFound()) {
            throw e;
          }
        }
      }
    }
  }
}
