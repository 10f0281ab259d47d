package dev.drydock.apiserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.StoreListener.StoreChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store keeps to.
public interface ObjectStoreContract {

  /// The store under test; may be the same for all tests.
  ObjectStore store();

  /// A folder that no other test uses.
  StorePrefix folder();

  /// Makes the store forget what is older than now.
  void compact();

  default Revision write(StoreKey key, String value, Revision expected) {
    return store().put(key, Bytes.utf8(value), expected, Duration.ZERO);
  }

  default Revision create(String name, String value) {
    return write(folder().key(name), value, Revision.NONE);
  }

  static List<String> values(StoredPage page) {
    return page.items().stream().map(item -> item.value().toString()).toList();
  }

  @Test
  default void whatWasWrittenIsRead() {
    Revision revision = create("a", "1");
    assertThat(store().get(folder().key("a")))
        .contains(new Stored(folder().key("a"), Bytes.utf8("1"), revision));
    assertThat(store().get(folder().key("b"))).isEmpty();
  }

  @Test
  default void aKeyIsCreatedOnce() {
    create("a", "1");
    assertThatThrownBy(() -> create("a", "2")).isInstanceOf(StorageException.Conflict.class);
  }

  @Test
  default void aWriteNeedsTheRevisionItReplaces() {
    Revision first = create("a", "1");
    Revision second = write(folder().key("a"), "2", first);
    assertThat(second).isGreaterThan(first);
    assertThatThrownBy(() -> write(folder().key("a"), "3", first))
        .isInstanceOf(StorageException.Conflict.class);
    assertThatThrownBy(() -> write(folder().key("gone"), "3", first))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(store().get(folder().key("a")).orElseThrow().value()).isEqualTo(Bytes.utf8("2"));
  }

  @Test
  default void aDeleteNeedsTheRevisionItRemoves() {
    StoreKey key = folder().key("a");
    Revision first = create("a", "1");
    Revision second = write(key, "2", first);
    assertThatThrownBy(() -> store().delete(key, first))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(store().delete(key, second)).isGreaterThan(second);
    assertThat(store().get(key)).isEmpty();
    assertThatThrownBy(() -> store().delete(key, second))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(create("a", "again")).isGreaterThan(second);
  }

  @Test
  default void ofManyWritersOfOneStateExactlyOneWins() throws InterruptedException {
    Revision first = create("a", "1");
    var won = new ConcurrentLinkedQueue<Revision>();
    var go = new CountDownLatch(1);
    List<Thread> writers =
        IntStream.range(0, 16)
            .mapToObj(
                n ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                go.await();
                                won.add(write(folder().key("a"), "w" + n, first));
                              } catch (StorageException.Conflict | InterruptedException e) {
                                // Expected of all but one.
                              }
                            }))
            .toList();
    go.countDown();
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(won).hasSize(1);
  }

  @Test
  default void aListIsSortedAndKeepsToItsFolder() {
    for (String name : List.of("b/2", "a/1", "b/1", "c")) {
      create(name, name);
    }
    assertThat(values(store().list(folder(), Page.ALL))).containsExactly("a/1", "b/1", "b/2", "c");
    assertThat(values(store().list(new StorePrefix(folder().path() + "b/"), Page.ALL)))
        .containsExactly("b/1", "b/2");
  }

  @Test
  default void aListInPagesShowsOneState() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      create(name, name);
    }
    StoredPage first = store().list(folder(), new Page(2, Optional.empty(), Revision.NONE));
    assertThat(values(first)).containsExactly("a", "b");
    assertThat(first.remaining()).isEqualTo(3);
    create("bb", "too late");
    store().delete(folder().key("c"), store().get(folder().key("c")).orElseThrow().revision());
    StoredPage rest =
        store().list(folder(), new Page(0, Optional.of(folder().key("b")), first.revision()));
    assertThat(values(rest)).containsExactly("c", "d", "e");
    assertThat(rest.revision()).isEqualTo(first.revision());
    assertThat(rest.remaining()).isZero();
  }

  @Test
  default void aListOfACompactedOrFutureRevisionFails() {
    Revision old = create("a", "1");
    write(folder().key("a"), "2", old);
    compact();
    assertThatThrownBy(() -> store().list(folder(), new Page(0, Optional.empty(), old)))
        .isInstanceOf(StorageException.Compacted.class);
    Revision future = Revision.of(store().currentRevision().value() + 1000);
    assertThatThrownBy(() -> store().list(folder(), new Page(0, Optional.empty(), future)))
        .isInstanceOf(StorageException.FutureRevision.class);
  }

  @Test
  default void theCurrentRevisionIsThatOfTheLastWrite() {
    Revision revision = create("a", "1");
    assertThat(store().currentRevision()).isEqualTo(revision);
    assertThat(store().list(folder(), Page.ALL).revision()).isEqualTo(revision);
  }

  @Test
  default void aWatchTellsWhatHappensInItsFolderInOrder() throws InterruptedException {
    Revision before = create("a", "1");
    var heard = new RecordingListener();
    try (var _ = store().watch(folder(), before, heard)) {
      Revision changed = write(folder().key("a"), "2", before);
      create("b", "new");
      Revision deleted = store().delete(folder().key("a"), changed);
      List<StoreChange> changes = heard.changes(3);
      Stored two = new Stored(folder().key("a"), Bytes.utf8("2"), changed);
      assertThat(changes.get(0)).isEqualTo(new StoreChange.Put(two));
      assertThat(changes.get(1)).isInstanceOf(StoreChange.Put.class);
      assertThat(changes.get(2)).isEqualTo(new StoreChange.Delete(folder().key("a"), deleted));
    }
  }

  @Test
  default void aWatchBeginsInThePast() throws InterruptedException {
    Revision first = create("a", "1");
    Revision second = write(folder().key("a"), "2", first);
    write(folder().key("a"), "3", second);
    var heard = new RecordingListener();
    try (var _ = store().watch(folder(), first, heard)) {
      assertThat(heard.changes(2))
          .extracting(change -> ((StoreChange.Put) change).now().value().toString())
          .containsExactly("2", "3");
    }
  }

  @Test
  default void aWatchFromACompactedRevisionFails() throws InterruptedException {
    Revision first = create("a", "1");
    Revision second = write(folder().key("a"), "2", first);
    write(folder().key("a"), "3", second);
    compact();
    var heard = new RecordingListener();
    try (var _ = store().watch(folder(), first, heard)) {
      assertThat(heard.failure()).isInstanceOf(StorageException.Compacted.class);
    }
  }

  @Test
  default void aSilentWatchTellsProgressWhenAsked() throws InterruptedException {
    Revision first = create("a", "1");
    var heard = new RecordingListener();
    try (var watch = store().watch(folder(), first, heard)) {
      Revision second = write(folder().key("a"), "2", first);
      heard.changes(1);
      watch.requestProgress();
      heard.progressTo(second);
    }
  }
}
