package dev.drydock.apiserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Hears a store's watch and lets a test wait for what it hears.
public final class RecordingListener implements StoreListener {
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  /// Something a listener hears.
  public sealed interface Heard {
    record Change(StoreChange change) implements Heard {}

    record Progress(Revision revision) implements Heard {}

    record Failure(StorageException cause) implements Heard {}
  }

  @Override
  public void changed(List<StoreChange> changes) {
    changes.forEach(change -> heard.add(new Heard.Change(change)));
  }

  @Override
  public void progress(Revision revision) {
    heard.add(new Heard.Progress(revision));
  }

  @Override
  public void failed(StorageException cause) {
    heard.add(new Heard.Failure(cause));
  }

  private Heard next() throws InterruptedException {
    Heard next = heard.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("heard within 30 s").isNotNull();
    return next;
  }

  /// The next changes, progress left out.
  public List<StoreChange> changes(int count) throws InterruptedException {
    List<StoreChange> changes = new ArrayList<>();
    while (changes.size() < count) {
      switch (next()) {
        case Heard.Change one -> changes.add(one.change());
        case Heard.Progress mark -> {}
        case Heard.Failure failure -> throw failure.cause();
      }
    }
    return changes;
  }

  public StorageException failure() throws InterruptedException {
    while (true) {
      if (next() instanceof Heard.Failure failure) {
        return failure.cause();
      }
    }
  }

  /// Waits for a mark of at least this.
  public void progressTo(Revision revision) throws InterruptedException {
    while (!(next() instanceof Heard.Progress mark && mark.revision().atLeast(revision))) {
      // Something else was heard before it.
    }
  }
}
