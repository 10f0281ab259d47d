package dev.drydock.apiserver.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.ObjectReader.Snapshot;
import dev.drydock.apiserver.storage.ObjectReader.WatchStart;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.memory.InMemoryObjectStore;
import dev.drydock.client.time.SystemTimers;
import dev.drydock.client.time.TimeScale;
import dev.drydock.client.time.Timers;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Values are decoded to `KEY=VALUE@REVISION`.
class CachedObjectStoreTest {
  private static final StorePrefix THINGS = new StorePrefix("/registry/things/");
  private static final Freshness CONSISTENT = new Freshness.Consistent();

  private final FakeClock clock = new FakeClock();
  private final InMemoryObjectStore store = new InMemoryObjectStore(clock);
  private CachedObjectStore<String> cache = cache(CacheSettings.defaults());

  private CachedObjectStore<String> cache(CacheSettings settings) {
    return cache(settings, clock);
  }

  private CachedObjectStore<String> cache(CacheSettings settings, Timers timers) {
    return cache(store, settings, timers);
  }

  private static CachedObjectStore<String> cache(
      ObjectStore store, CacheSettings settings, Timers timers) {
    return new CachedObjectStore<>(
        store,
        stored ->
            stored.key().path().substring(THINGS.path().length())
                + "="
                + stored.value()
                + "@"
                + stored.revision(),
        timers,
        settings);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private Revision put(String name, String value) {
    StoreKey key = THINGS.key(name);
    Revision expected = store.get(key).map(stored -> stored.revision()).orElse(Revision.NONE);
    return store.put(key, Bytes.utf8(value), expected, Duration.ZERO);
  }

  private Revision delete(String name) {
    StoreKey key = THINGS.key(name);
    return store.delete(key, store.get(key).orElseThrow().revision());
  }

  private RecordingSink watch(WatchStart start) {
    RecordingSink sink = new RecordingSink();
    cache.watch(THINGS, start, sink);
    return sink;
  }

  @Test
  void aConsistentReadSeesEveryEarlierWrite() {
    put("a", "before the cache");
    cache.start();
    for (int i = 0; i < 500; i++) {
      Revision written = put("a", "v" + i);
      assertThat(cache.get(THINGS.key("a"), CONSISTENT)).contains("a=v" + i + "@" + written);
    }
    delete("a");
    assertThat(cache.get(THINGS.key("a"), CONSISTENT)).isEmpty();
  }

  @Test
  void aListIsOneStateWithItsRevision() {
    cache.start();
    put("ns1/a", "1");
    Revision last = put("ns2/b", "1");
    Snapshot<String> all = cache.list(THINGS, CONSISTENT);
    assertThat(all.items()).containsExactly("ns1/a=1@2", "ns2/b=1@3");
    assertThat(all.revision()).isEqualTo(last);
    put("ns1/a", "2");
    cache.list(THINGS, CONSISTENT);
    assertThat(all.items()).containsExactly("ns1/a=1@2", "ns2/b=1@3");
    assertThat(cache.list(new StorePrefix(THINGS.path() + "ns2/"), CONSISTENT).items())
        .containsExactly("ns2/b=1@3");
  }

  @Test
  void aListOfOneTypeCarriesTheRevisionOfWritesToOthers() {
    cache.start();
    put("a", "1");
    Revision other =
        store.put(
            new StoreKey("/registry/others/x"), Bytes.utf8("x"), Revision.NONE, Duration.ZERO);
    assertThat(cache.list(THINGS, CONSISTENT).revision()).isEqualTo(other);
  }

  @Test
  void aWatchFromTheStateTellsItThenWhatFollows() throws InterruptedException {
    put("a", "1");
    put("b", "1");
    cache.start();
    RecordingSink sink = watch(new WatchStart.State(CONSISTENT));
    assertThat(sink.next(3)).containsExactly("+a=1@2", "+b=1@3", "complete@3");
    put("a", "2");
    delete("b");
    assertThat(sink.next(2)).containsExactly("+a=2@4", "-b=1@3");
  }

  @Test
  void aWatchResumesAfterARevisionWithoutLossOrRepetition() throws InterruptedException {
    cache.start();
    cache.list(THINGS, new Freshness.Any());
    Revision first = put("a", "1");
    put("a", "2");
    put("b", "1");
    cache.list(THINGS, CONSISTENT);
    RecordingSink sink = watch(new WatchStart.After(first));
    assertThat(sink.next(2)).containsExactly("+a=2@3", "+b=1@4");
    put("c", "1");
    assertThat(sink.next(1)).containsExactly("+c=1@5");
  }

  @Test
  void aWatchOfANamespaceHearsOnlyThat() throws InterruptedException {
    cache.start();
    RecordingSink sink = new RecordingSink();
    cache.watch(new StorePrefix(THINGS.path() + "ns1/"), new WatchStart.State(CONSISTENT), sink);
    sink.next(1);
    put("ns2/a", "1");
    put("ns1/a", "1");
    assertThat(sink.next(1)).containsExactly("+ns1/a=1@3");
  }

  @Test
  void aWatchFromBeforeTheHistoryEnds() throws InterruptedException {
    cache = cache(CacheSettings.defaults().withHistory(3, 1 << 20));
    cache.start();
    Revision first = put("a", "0");
    for (int i = 0; i < 10; i++) {
      put("a", "v" + i);
      cache.list(THINGS, CONSISTENT);
    }
    assertThat(watch(new WatchStart.After(first)).next(1)).containsExactly("ended Compacted");
  }

  @Test
  void aWatcherThatCannotKeepUpIsEnded() throws InterruptedException {
    cache.start();
    RecordingSink slow = watch(new WatchStart.State(CONSISTENT));
    RecordingSink quick = watch(new WatchStart.State(CONSISTENT));
    slow.next(1);
    quick.next(1);
    slow.fillUp();
    put("a", "1");
    assertThat(slow.next(1)).containsExactly("ended Compacted");
    put("a", "2");
    assertThat(quick.next(2)).containsExactly("+a=1@2", "+a=2@3");
  }

  @Test
  void aClosedWatchHearsNothing() throws InterruptedException {
    cache.start();
    RecordingSink closed = new RecordingSink();
    var subscription = cache.watch(THINGS, new WatchStart.State(CONSISTENT), closed);
    closed.next(1);
    subscription.close();
    RecordingSink open = watch(new WatchStart.State(CONSISTENT));
    open.next(1);
    put("a", "1");
    open.next(1);
    clock.advance(Duration.ofMinutes(1));
    open.next(1);
    assertThat(closed.next(0)).isEmpty();
  }

  @Test
  void aRevisionInTheFutureIsWaitedForAndThenRefused() throws Exception {
    cache.start();
    put("a", "1");
    cache.list(THINGS, CONSISTENT);
    int before = clock.pending();
    var read =
        CompletableFuture.supplyAsync(
            () -> cache.list(THINGS, new Freshness.NotOlderThan(Revision.of(3))));
    clock.awaitPending(before + 2);
    put("a", "2");
    assertThat(read.get().items()).containsExactly("a=2@3");

    var never =
        CompletableFuture.supplyAsync(
            () -> cache.list(THINGS, new Freshness.NotOlderThan(Revision.of(99))));
    clock.awaitPending(before + 2);
    clock.advance(Duration.ofSeconds(3));
    assertThatThrownBy(never::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StorageException.FutureRevision.class);
  }

  @Test
  void theStoreAnswersConsistentReadsWhileTheCacheLags() throws Exception {
    cache = cache(new DeafStore(store), CacheSettings.defaults(), clock);
    cache.start();
    cache.list(THINGS, new Freshness.Any());
    put("a", "1");
    assertThat(afterThreeSeconds(() -> cache.get(THINGS.key("a"), CONSISTENT))).contains("a=1@2");
    Snapshot<String> all = afterThreeSeconds(() -> cache.list(THINGS, CONSISTENT));
    assertThat(all.items()).containsExactly("a=1@2");
    assertThat(all.revision()).isEqualTo(Revision.of(2));
    assertThat(cache.list(THINGS, new Freshness.Any()).items()).isEmpty();
  }

  private <T> T afterThreeSeconds(Supplier<T> read) throws Exception {
    int before = clock.pending();
    var running = CompletableFuture.supplyAsync(read);
    clock.awaitPending(before + 2);
    clock.advance(Duration.ofSeconds(3));
    return running.get();
  }

  @Test
  void aQuietWatcherIsToldHowFarItIs() throws InterruptedException {
    cache.start();
    RecordingSink sink = watch(new WatchStart.State(CONSISTENT));
    assertThat(sink.next(1)).containsExactly("complete@1");
    // The first event after the state shows that the watcher has joined those who are told.
    put("a", "1");
    sink.next(1);
    Revision other =
        store.put(
            new StoreKey("/registry/others/x"), Bytes.utf8("x"), Revision.NONE, Duration.ZERO);
    cache.list(THINGS, CONSISTENT);
    clock.advance(Duration.ofMinutes(1));
    assertThat(sink.next(1)).containsExactly("progress@" + other);
  }

  @Test
  void afterALostHistoryTheContentIsRightAndWatchesEnd() throws InterruptedException {
    put("a", "1");
    cache.start();
    RecordingSink sink = watch(new WatchStart.State(CONSISTENT));
    sink.next(2);
    // What comes after the state shows that the cache watches the store, not only that it is
    // loaded.
    put("b", "1");
    sink.next(1);
    store.breakWatches();
    assertThat(sink.next(1)).containsExactly("ended Compacted");
    delete("a");
    Revision last = put("c", "1");
    assertThat(cache.list(THINGS, CONSISTENT).items()).containsExactly("b=1@3", "c=1@" + last);
  }

  @Test
  void aWatchCompletesAfterAllThatIsKnown() throws InterruptedException {
    put("a", "1");
    cache.start();
    for (int i = 0; i < 200; i++) {
      RecordingSink sink = new RecordingSink();
      ObjectReader.Watch watch = cache.watch(THINGS, new WatchStart.State(CONSISTENT), sink);
      sink.next(2);
      Revision last = put("a", "again");
      cache.list(THINGS, CONSISTENT);
      watch.complete();
      assertThat(sink.next(2)).containsExactly("+a=again@" + last, "completed");
    }
  }

  @Test
  void aWatchThatIsToCompleteTellsItsStateFirst() throws InterruptedException {
    Revision only = put("a", "1");
    RecordingSink sink = new RecordingSink();
    cache.watch(THINGS, new WatchStart.State(CONSISTENT), sink).complete();
    cache.start();
    assertThat(sink.next(3)).containsExactly("+a=1@" + only, "complete@" + only, "completed");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100})
  void thousandsOfWritesReachEveryWatcherOnceAndInOrder(int watchers) throws InterruptedException {
    try (var timers = new SystemTimers(TimeScale.REAL)) {
      cache = cache(CacheSettings.defaults(), timers);
      thousandsOfWritesReachAll(watchers);
    }
  }

  private void thousandsOfWritesReachAll(int watchers) throws InterruptedException {
    cache.start();
    List<RecordingSink> sinks = new ArrayList<>();
    for (int i = 0; i < watchers; i++) {
      sinks.add(watch(new WatchStart.State(CONSISTENT)));
    }
    for (RecordingSink sink : sinks) {
      assertThat(sink.next(1).getFirst()).startsWith("complete@");
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Revision revision = put("k" + i % 700, "v" + i);
      expected.add("+k" + i % 700 + "=v" + i + "@" + revision);
    }
    for (RecordingSink sink : sinks) {
      assertThat(sink.next(expected.size())).isEqualTo(expected);
    }
    assertThat(cache.list(THINGS, CONSISTENT).items()).hasSize(700);
  }
}
