package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.StorageException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The watchers of one resource type. Each belongs to one lane for ever, and a lane delivers
/// on one (virtual) thread at a time, which exists only while there is something to deliver.
final class Lanes<D> {
  private final List<Lane<D>> lanes;
  private final AtomicInteger joined = new AtomicInteger();
  private volatile @Nullable StorageException ended;

  Lanes(int count) {
    this.lanes = Stream.generate(Lane<D>::new).limit(count).toList();
  }

  void join(Watcher<D> watcher) {
    lanes.get(Math.floorMod(joined.getAndIncrement(), lanes.size())).join(watcher);
    StorageException cause = ended;
    if (cause != null) {
      end(cause);
    }
  }

  /// There is something new in the log.
  void wake() {
    for (Lane<D> lane : lanes) {
      lane.wake();
    }
  }

  /// Lets every watcher hear how far it is.
  void tellProgress() {
    for (Lane<D> lane : lanes) {
      lane.watchers.forEach(Watcher::wantProgress);
      lane.wake();
    }
  }

  /// Ends all watchers, also those that join later.
  void end(StorageException cause) {
    ended = cause;
    for (Lane<D> lane : lanes) {
      lane.watchers.forEach(watcher -> watcher.endSoon(cause));
      lane.wake();
    }
  }

  private static final class Lane<D> {
    private final CopyOnWriteArrayList<Watcher<D>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger wakes = new AtomicInteger();

    void join(Watcher<D> watcher) {
      watchers.add(watcher);
      wake();
    }

    void wake() {
      if (!watchers.isEmpty() && wakes.getAndIncrement() == 0) {
        Thread.ofVirtual().name("watch-lane").start(this::run);
      }
    }

    private void run() {
      int seen = wakes.get();
      do {
        for (Watcher<D> watcher : watchers) {
          if (!watcher.deliver()) {
            watchers.remove(watcher);
          }
        }
        seen = wakes.addAndGet(-seen);
      } while (seen > 0);
    }
  }
}
