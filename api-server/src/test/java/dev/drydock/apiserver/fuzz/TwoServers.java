package dev.drydock.apiserver.fuzz;

import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.registry.Resources;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.apiserver.storage.etcd.EtcdObjectStore;
import dev.drydock.apiserver.storage.etcd.EtcdSettings;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.time.Ticker;
import dev.drydock.client.time.Timers;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Two api-servers, each with its own cache, over one etcd.
final class TwoServers implements AutoCloseable {
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Timers timers =
      (delay, task) -> {
        Future<?> planned = scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
      };
  private final EventLoops loops = new EventLoops(2);
  private final Resources resources = Resources.builtIn();
  private final List<EtcdObjectStore> stores = new ArrayList<>();
  private final List<CachedObjectStore<StoredObject>> caches = new ArrayList<>();
  final List<Registry> servers;

  /// The second one remembers little.
  TwoServers(URI endpoint) {
    servers =
        List.of(
            server(7, endpoint, CacheSettings.defaults()),
            server(8, endpoint, CacheSettings.defaults().withHistory(50, 1 << 20)));
    servers
        .getFirst()
        .create(
            Interleaving.CONTEXT,
            RegistryFixture.target("namespaces", "", ""),
            RegistryFixture.json("{metadata: {name: default}}"),
            RegistryFixture.STORED);
  }

  private Registry server(int seed, URI endpoint, CacheSettings settings) {
    var etcd =
        new EtcdObjectStore(
            EtcdSettings.of(List.of(endpoint), null).withCompactionInterval(Duration.ZERO),
            loops,
            InstantSource.system(),
            timers,
            Ticker.system());
    stores.add(etcd);
    var cache = new CachedObjectStore<>(etcd, resources.decoder(), timers, settings);
    caches.add(cache);
    cache.start();
    return RegistryFixture.registry(seed, resources, cache, InstantSource.system());
  }

  /// Lets etcd forget all but the present.
  void compact() {
    stores.forEach(EtcdObjectStore::compactNow);
  }

  @Override
  public void close() {
    caches.forEach(CachedObjectStore::close);
    stores.forEach(EtcdObjectStore::close);
    loops.close();
    scheduler.shutdownNow();
  }
}
