package dev.drydock.apiserver.fuzz;

import dev.drydock.apiserver.fuzz.Interleaving.Act;
import dev.drydock.apiserver.fuzz.Interleaving.Start;
import dev.drydock.apiserver.fuzz.Interleaving.Write;
import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.registry.Resources;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.apiserver.storage.etcd.EtcdObjectStore;
import dev.drydock.apiserver.storage.etcd.EtcdSettings;
import dev.drydock.client.time.Ticker;
import dev.drydock.client.time.Timers;
import dev.drydock.testkit.etcd.EtcdExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Watch = list + events, with two api-servers' caches over a real etcd that is compacted all the
/// time.
class TwoServersWatchIT {
  @RegisterExtension static final EtcdExtension ETCD = new EtcdExtension();

  /// The writes and watchers are always the same; how they meet is not.
  private static final long SEED = 36;

  private static final List<Act> ACTS = List.of(Act.values());
  private static final List<Follower.Way> WAYS = List.of(Follower.Way.values());
  private static final int WRITERS = 4;
  private static final int WRITES = 100;
  private static final int WATCHERS = 24;

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Timers timers =
      (delay, task) -> {
        Future<?> planned = scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
      };
  private final Resources resources = Resources.builtIn();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void noEventIsLostOrToldTwice() throws Exception {
    var random = new Random(SEED);
    try (var one = etcd();
        var other = etcd();
        var first = cache(one, CacheSettings.defaults());
        var second = cache(other, CacheSettings.defaults().withHistory(50, 1 << 20))) {
      first.start();
      second.start();
      List<Registry> servers = List.of(server(7, first), server(8, second));
      servers
          .getFirst()
          .create(
              Interleaving.CONTEXT,
              RegistryFixture.target("namespaces", "", ""),
              RegistryFixture.json("{metadata: {name: default}}"),
              RegistryFixture.STORED);
      var done = new AtomicInteger();
      new Interleaving(servers, writers(random), watchers(random))
          .run(
              () -> {
                if (done.incrementAndGet() % 10 == 0) {
                  one.compactNow();
                  other.compactNow();
                }
              });
    }
  }

  private static List<List<Write>> writers(Random random) {
    List<List<Write>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      List<Write> writes = new ArrayList<>();
      for (int j = 0; j < WRITES; j++) {
        Act act = ACTS.get(random.nextInt(ACTS.size()));
        writes.add(new Write(random.nextInt(6), act, random.nextBoolean()));
      }
      writers.add(writes);
    }
    return writers;
  }

  private static List<Start> watchers(Random random) {
    List<Start> watchers = new ArrayList<>();
    for (int i = 0; i < WATCHERS; i++) {
      Follower.Way way = WAYS.get(i % WAYS.size());
      watchers.add(new Start(random.nextInt(2), random.nextInt(WRITES), way, random.nextBoolean()));
    }
    return watchers;
  }

  private EtcdObjectStore etcd() {
    EtcdSettings settings =
        EtcdSettings.of(List.of(ETCD.endpoint()), null).withCompactionInterval(Duration.ZERO);
    return new EtcdObjectStore(settings, InstantSource.system(), timers, Ticker.system());
  }

  private CachedObjectStore<StoredObject> cache(EtcdObjectStore store, CacheSettings settings) {
    return new CachedObjectStore<>(store, resources.decoder(), timers, settings);
  }

  private Registry server(int seed, CachedObjectStore<StoredObject> cache) {
    return RegistryFixture.registry(seed, resources, cache, InstantSource.system());
  }
}
