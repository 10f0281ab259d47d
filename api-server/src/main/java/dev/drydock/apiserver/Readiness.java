package dev.drydock.apiserver;

import dev.drydock.apiserver.definitions.DefinitionController;
import dev.drydock.apiserver.rest.HealthCheck;
import dev.drydock.apiserver.rest.HealthCheck.Part;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreHealth;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Whether the server can do its work.
final class Readiness {
  private static final Duration ETCD_PATIENCE = Duration.ofSeconds(1);

  private final StoreHealth etcd;
  private final CachedObjectStore<?> store;
  private final AccessControl access;
  private final DefinitionController definitions;
  private final Surroundings around;
  private volatile boolean bootstrapped;
  private volatile boolean stopping;

  Readiness(
      StoreHealth etcd,
      CachedObjectStore<?> store,
      AccessControl access,
      DefinitionController definitions,
      Surroundings around) {
    this.definitions = definitions;
    this.etcd = etcd;
    this.store = store;
    this.access = access;
    this.around = around;
  }

  List<HealthCheck> checks() {
    Set<Part> all = Set.of(Part.values());
    Set<Part> notLive = Set.of(Part.HEALTHZ, Part.READYZ);
    Set<Part> ready = Set.of(Part.READYZ);
    return List.of(
        new HealthCheck("ping", all, () -> true),
        new HealthCheck("log", all, () -> true),
        new HealthCheck("etcd", all, this::etcdAnswers),
        new HealthCheck("etcd-readiness", ready, this::etcdAnswers),
        new HealthCheck("informer-sync", ready, store::isReady),
        new HealthCheck(
            "poststarthook/rbac/bootstrap-roles",
            notLive,
            () -> access.isReady().getAsBoolean() && bootstrapped),
        new HealthCheck(
            "poststarthook/start-system-namespaces-controller", notLive, () -> bootstrapped),
        new HealthCheck("poststarthook/crd-informer-synced", notLive, definitions::isReady),
        new HealthCheck("shutdown", ready, () -> !stopping));
  }

  private boolean etcdAnswers() {
    try {
      etcd.requireAnswer(around.timers().scaled(ETCD_PATIENCE));
      return true;
    } catch (StorageException failure) {
      return false;
    }
  }

  /// Whether everything is loaded that answers rest on.
  boolean isLoaded() {
    return store.isReady() && access.isReady().getAsBoolean();
  }

  void bootstrapped() {
    bootstrapped = true;
  }

  void stopping() {
    stopping = true;
  }
}
