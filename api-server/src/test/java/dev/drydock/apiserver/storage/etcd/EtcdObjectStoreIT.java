package dev.drydock.apiserver.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.ObjectStoreContract;
import dev.drydock.apiserver.storage.RecordingListener;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StoreListener.StoreChange;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.time.Ticker;
import dev.drydock.client.time.Timers;
import dev.drydock.testkit.etcd.EtcdExtension;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class EtcdObjectStoreIT implements ObjectStoreContract {
  @RegisterExtension static final EtcdExtension ETCD = new EtcdExtension();

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Timers timers =
      (delay, task) -> {
        Future<?> planned = scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
      };
  private final EtcdSettings settings =
      EtcdSettings.of(List.of(ETCD.endpoint()), null).withCompactionInterval(Duration.ZERO);
  private final EventLoops loops = new EventLoops(1);
  private final EtcdObjectStore store =
      new EtcdObjectStore(settings, loops, InstantSource.system(), timers, Ticker.system());
  private StorePrefix folder = new StorePrefix("/registry/");

  @BeforeEach
  void nameFolder(TestInfo info) {
    folder = new StorePrefix("/registry/" + info.getTestMethod().orElseThrow().getName() + "/");
  }

  @AfterEach
  void close() {
    store.close();
    loops.close();
    scheduler.shutdownNow();
  }

  @Override
  public EtcdObjectStore store() {
    return store;
  }

  @Override
  public StorePrefix folder() {
    return folder;
  }

  @Override
  public void compact() {
    // A compaction reaches back to where the round before was.
    for (int i = 0; i < 3; i++) {
      store.compactNow();
    }
  }

  @Test
  void aKilledEtcdComesBackAndTheWatchGoesOnWithoutLossOrRepetition() throws Exception {
    Revision first = create("a", "1");
    var heard = new RecordingListener();
    try (var _ = store.watch(folder, first, heard)) {
      Revision second = write(folder.key("a"), "2", first);
      assertThat(heard.changes(1)).hasSize(1);
      ETCD.kill();
      ETCD.start();
      Revision third = writeWhenBack(second);
      List<StoreChange> changes = heard.changes(1);
      assertThat(((StoreChange.Put) changes.getFirst()).now().revision()).isEqualTo(third);
    }
  }

  /// A request on its way when a connection breaks may fail; the next one waits for etcd.
  private Revision writeWhenBack(Revision expected) {
    try {
      return write(folder.key("a"), "3", expected);
    } catch (StorageException.Unavailable e) {
      return write(folder.key("a"), "3", expected);
    }
  }

  @Test
  void anEtcdThatDoesNotAnswerIsUnavailable() throws IOException {
    create("a", "1");
    store.requireAnswer(Duration.ofSeconds(5));
    try (var impatient =
        new EtcdObjectStore(
            settings.withRequestTimeout(Duration.ofMillis(300)),
            loops,
            InstantSource.system(),
            timers,
            Ticker.system())) {
      impatient.get(folder.key("a"));
      ETCD.pause();
      assertThatThrownBy(() -> impatient.get(folder.key("a")))
          .isInstanceOf(StorageException.Unavailable.class);
      assertThatThrownBy(() -> store.requireAnswer(Duration.ofMillis(200)))
          .isInstanceOf(StorageException.Unavailable.class);
    } finally {
      ETCD.resume();
    }
    store.requireAnswer(Duration.ofSeconds(20));
  }

  @Test
  void aValueVanishesAfterItsTime() throws InterruptedException {
    var heard = new RecordingListener();
    try (var _ = store.watch(folder, store.currentRevision(), heard)) {
      store.put(folder.key("brief"), Bytes.utf8("1"), Revision.NONE, Duration.ofSeconds(1));
      store.put(folder.key("too"), Bytes.utf8("1"), Revision.NONE, Duration.ofSeconds(1));
      assertThat(heard.changes(4).subList(2, 4))
          .allMatch(change -> change instanceof StoreChange.Delete);
    }
  }

  @Test
  void twoServersShareTheCompaction() {
    try (var other =
        new EtcdObjectStore(settings, loops, InstantSource.system(), timers, Ticker.system())) {
      store.compactNow();
      other.compactNow();
      Revision first = create("a", "1");
      Revision second = write(folder.key("a"), "2", first);
      write(folder.key("a"), "3", second);
      for (int i = 0; i < 4; i++) {
        other.compactNow();
        store.compactNow();
      }
      assertThatThrownBy(
              () ->
                  store.list(
                      folder,
                      new dev.drydock.apiserver.storage.Page(0, java.util.Optional.empty(), first)))
          .isInstanceOf(StorageException.Compacted.class);
      assertThat(store.get(folder.key("a"))).isPresent();
    }
  }

  @Test
  void theCacheOnEtcdIsConsistentEvenWhenForeignKeysMoveTheRevision() {
    try (var cache =
        new CachedObjectStore<>(
            new EtcdObjectStore(settings, loops, InstantSource.system(), timers, Ticker.system()),
            stored -> stored.value().toString(),
            timers,
            CacheSettings.defaults())) {
      cache.start();
      Revision revision = create("a", "0");
      for (int i = 1; i < 200; i++) {
        revision = write(folder.key("a"), "v" + i, revision);
        if (i % 50 == 0) {
          store.compactNow();
        }
        assertThat(cache.get(folder.key("a"), new Freshness.Consistent())).contains("v" + i);
      }
      StoreKey foreign = new StoreKey("/elsewhere/" + folder.path().hashCode());
      write(foreign, "x", Revision.NONE);
      assertThat(cache.list(folder, new Freshness.Consistent()).items()).containsExactly("v199");
    }
  }
}
