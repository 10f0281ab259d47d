package dev.drydock.apiserver.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.ObjectStoreContract;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.time.Ticker;
import dev.drydock.testkit.etcd.EtcdExtension;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two api-servers on one etcd, by a clock that stands; and what every store keeps to, by one that
/// is alone.
class SoleWriterIT implements ObjectStoreContract {
  @RegisterExtension static final EtcdExtension ETCD = new EtcdExtension();

  private final FakeClock clock = new FakeClock();
  private final Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
  private final EventLoops loops = new EventLoops(1);
  private final EtcdObjectStore first = server("a");
  private final EtcdObjectStore second = server("b");
  private StorePrefix folder = new StorePrefix("/registry/");

  private EtcdObjectStore server(String name) {
    return new EtcdObjectStore(
        EtcdSettings.of(List.of(ETCD.endpoint()), null)
            .withCompactionInterval(Duration.ZERO)
            .withServer(name),
        loops,
        clock,
        clock,
        ticker);
  }

  @BeforeEach
  void beginAlone(TestInfo info) {
    folder = new StorePrefix("/registry/" + info.getTestMethod().orElseThrow().getName() + "/");
    first.soleWriter().start();
    clock.runDue();
  }

  @AfterEach
  void close() {
    for (EtcdObjectStore server : List.of(first, second)) {
      server.soleWriter().close();
      server.close();
    }
    loops.close();
  }

  @Override
  public EtcdObjectStore store() {
    return first;
  }

  @Override
  public StorePrefix folder() {
    return folder;
  }

  @Override
  public void compact() {
    for (int i = 0; i < 3; i++) {
      first.compactNow();
    }
  }

  private StoreKey key() {
    return folder.key("a");
  }

  private static Revision put(EtcdObjectStore server, StoreKey key, String value, Revision at) {
    return server.put(key, Bytes.utf8(value), at, Duration.ZERO);
  }

  private void secondArrives() {
    second.soleWriter().start();
    clock.runDue();
  }

  /// Begins to write; the write ends only when the clock has moved on.
  private CompletableFuture<Revision> writeOfSecond(String value, Revision at) {
    var written = new CompletableFuture<Revision>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                written.complete(put(second, key(), value, at));
              } catch (StorageException failure) {
                written.completeExceptionally(failure);
              }
            });
    return written;
  }

  @Test
  void theOnlyServerKnowsHowFarTheStoreIs() {
    Revision written = create("a", "1");
    assertThat(first.now()).isEqualTo(written);
    assertThatThrownBy(() -> create("a", "2")).isInstanceOf(StorageException.Conflict.class);
    clock.advance(Duration.ofMinutes(1));
    assertThat(first.now()).isEqualTo(written);
  }

  @Test
  void theFirstWriteOfASecondServerWaitsUntilTheFirstKnowsOfIt() throws Exception {
    Revision before = create("a", "1");
    secondArrives();
    CompletableFuture<Revision> write = writeOfSecond("2", before);
    clock.awaitPending(3);
    assertThat(write).isNotDone();
    assertThat(first.get(key()).orElseThrow().value()).isEqualTo(Bytes.utf8("1"));

    clock.advance(SoleWriter.EVERY);
    while (!write.isDone()) {
      // Its pause may have begun when the clock had moved on already.
      clock.advance(Duration.ofMillis(10));
      Thread.onSpinWait();
    }
    Revision written = write.get();

    assertThat(first.now()).isEqualTo(Revision.NONE);
    assertThat(second.now()).isEqualTo(Revision.NONE);
    assertThat(put(first, key(), "3", written)).isGreaterThan(written);
  }

  @Test
  void whoIsAloneAgainKnowsWhatTheOtherWrote() {
    secondArrives();
    clock.advance(SoleWriter.EVERY);
    Revision written = put(second, key(), "1", Revision.NONE);
    assertThat(first.now()).isEqualTo(Revision.NONE);

    second.soleWriter().close();
    clock.advance(SoleWriter.EVERY);

    assertThat(first.now()).isGreaterThan(written);
  }

  @Test
  void aServerThatLostItsFenceLearnsItFromEtcdAndWritesAllTheSame() throws Exception {
    Revision before = create("a", "1");
    first.soleWriter().close();
    try (var connection =
        new EtcdConnection(EtcdSettings.of(List.of(ETCD.endpoint()), null), loops, ticker)) {
      EtcdObjectStore late = server("c");
      late.soleWriter().start();
      clock.runDue();
      assertThat(late.now()).isNotEqualTo(Revision.NONE);
      var fence = new EtcdFence(connection, "");
      fence.remove(fence.look().fence());
      Revision foreign = put(second, key(), "2", before);

      assertThatThrownBy(() -> put(late, key(), "3", before))
          .isInstanceOf(StorageException.Conflict.class);
      assertThat(late.now()).isEqualTo(Revision.NONE);
      assertThat(put(late, key(), "3", foreign)).isGreaterThan(foreign);
      late.soleWriter().close();
      late.close();
    }
  }

  @Test
  void theNextProcessOfAServerNeedNotWaitForTheLease() {
    EtcdObjectStore next = server("a");
    next.soleWriter().start();
    clock.runDue();
    Revision written = put(next, key(), "1", Revision.NONE);
    assertThat(next.now()).isEqualTo(written);
    next.soleWriter().close();
    next.close();
  }

  @Test
  void theCacheOfTheOnlyServerShowsEachWriteOnceItIsAcknowledged() {
    try (var cache =
        new CachedObjectStore<>(
            first, first, stored -> stored.value().toString(), clock, CacheSettings.defaults())) {
      cache.start();
      Revision revision = create("a", "v0");
      for (int i = 1; i < 100; i++) {
        revision = write(key(), "v" + i, revision);
        assertThat(cache.get(key(), new Freshness.Consistent())).contains("v" + i);
      }
    }
  }
}
