package dev.drydock.apiserver.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectStoreContract;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest implements ObjectStoreContract {
  private final FakeClock clock = new FakeClock();
  private final InMemoryObjectStore store = new InMemoryObjectStore(clock);

  @Override
  public InMemoryObjectStore store() {
    return store;
  }

  @Override
  public StorePrefix folder() {
    return new StorePrefix("/registry/things/");
  }

  @Override
  public void compact() {
    store.compact(store.currentRevision());
  }

  @Test
  void aValueVanishesAfterItsTimeUnlessItWasWrittenAgain() {
    Revision brief =
        store.put(folder().key("brief"), Bytes.utf8("1"), Revision.NONE, Duration.ofMinutes(1));
    store.put(folder().key("kept"), Bytes.utf8("1"), Revision.NONE, Duration.ofMinutes(1));
    Revision first = store.get(folder().key("kept")).orElseThrow().revision();
    store.put(folder().key("kept"), Bytes.utf8("2"), first, Duration.ZERO);
    clock.advance(Duration.ofMinutes(2));
    assertThat(store.get(folder().key("brief"))).isEmpty();
    assertThat(store.get(folder().key("kept"))).isPresent();
    assertThat(store.currentRevision()).isGreaterThan(brief);
  }
}
