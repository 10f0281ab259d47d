package dev.drydock.kubeproxy.changes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Index;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cause.Causes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Collects which Services changed, and why, until somebody asks for the new state.
public final class ServiceChanges {
  /// Slices by the Service that they belong to, as `NAMESPACE/NAME`.
  public static final Index<EndpointSlice> BY_SERVICE =
      new Index<>(
          "service", slice -> serviceOf(slice).isEmpty() ? List.of() : List.of(serviceOf(slice)));

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private final Informer<Service> services;
  private final Informer<EndpointSlice> slices;
  private final Runnable changed;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<ObjectKey, List<Revision>> pending = new TreeMap<>();

  /// Only of the thread that takes.
  private final Map<ObjectKey, ServiceView> views = new TreeMap<>();

  /// All Services as they are now, and those that changed with the revisions that did it.
  public record Snapshot(List<ServiceView> services, Map<ObjectKey, List<Revision>> changed) {
    public Snapshot {
      services = List.copyOf(services);
      changed = Map.copyOf(changed);
    }
  }

  /// @param slices an informer with the index [#BY_SERVICE]
  /// @param changed told after each change, on a thread of an informer
  public ServiceChanges(
      Informer<Service> services, Informer<EndpointSlice> slices, Runnable changed) {
    this.services = services;
    this.slices = slices;
    this.changed = changed;
  }

  /// Begins to listen.
  public void start() {
    services.addListener(change -> note(ObjectKey.of(change.newest()), change));
    slices.addListener(this::noteSlice);
  }

  private static String serviceOf(EndpointSlice slice) {
    var labels = slice.getMetadata().getLabels();
    String name = labels == null ? null : labels.get(SERVICE_NAME);
    return name == null ? "" : slice.getMetadata().getNamespace() + "/" + name;
  }

  private void noteSlice(Change<EndpointSlice> change) {
    String service = serviceOf(change.newest());
    if (!service.isEmpty()) {
      int slash = service.indexOf('/');
      note(ObjectKey.of(service.substring(0, slash), service.substring(slash + 1)), change);
    }
  }

  private void note(ObjectKey service, Change<? extends HasMetadata> change) {
    synchronized (lock) {
      pending.merge(
          service,
          List.of(Revision.of(change.newest())),
          (some, more) -> {
            List<Revision> all = new ArrayList<>(some);
            all.addAll(more);
            return Causes.newest(all);
          });
    }
    changed.run();
  }

  /// The present state. Called by one thread.
  public Snapshot take() {
    Map<ObjectKey, List<Revision>> taken;
    synchronized (lock) {
      taken = new TreeMap<>(pending);
      pending.clear();
    }
    for (ObjectKey key : taken.keySet()) {
      services
          .lister()
          .get(key)
          .flatMap(
              service ->
                  ServiceReading.read(service, slices.lister().byIndex(BY_SERVICE, key.toString())))
          .ifPresentOrElse(view -> views.put(key, view), () -> views.remove(key));
    }
    return new Snapshot(List.copyOf(views.values()), taken);
  }

  /// Puts changes back that could not be brought to the node, so that their causes are not lost.
  public void giveBack(Snapshot snapshot) {
    synchronized (lock) {
      snapshot
          .changed()
          .forEach(
              (key, causes) ->
                  pending.merge(
                      key,
                      causes,
                      (some, more) -> {
                        List<Revision> all = new ArrayList<>(some);
                        all.addAll(more);
                        return Causes.newest(all);
                      }));
    }
  }
}
