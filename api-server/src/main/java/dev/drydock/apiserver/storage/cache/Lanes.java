package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The watchers of one resource type. Each belongs to one lane for ever, and a lane delivers
/// on one (virtual) thread at a time, which exists only while there is something to deliver.
///
/// A lane with many watchers begins its rounds some way apart: what happens meanwhile goes to each
/// of them in one piece, for telling a watcher ten events costs little more than telling it one.
/// What happens after a pause is told at once.
final class Lanes<D> {
  private static final int MANY = 32;
  private static final Duration APART_PER_WATCHER = Duration.ofNanos(200_000);
  private static final Duration APART = Duration.ofMillis(10);

  private final List<Lane<D>> lanes;
  private final AtomicInteger joined = new AtomicInteger();
  private volatile @Nullable StorageException ended;

  Lanes(int count, Timers timers) {
    this.lanes = Stream.generate(() -> new Lane<D>(timers)).limit(count).toList();
  }

  /// How long after one round the next may begin.
  static Duration apart(int watchers) {
    Duration sum = APART_PER_WATCHER.multipliedBy(watchers);
    return watchers < MANY ? Duration.ZERO : sum.compareTo(APART) < 0 ? sum : APART;
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
      lane.watchers.forEach(Watcher::tellProgress);
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
    private final Timers timers;

    Lane(Timers timers) {
      this.timers = timers;
    }

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
      int left = wakes.get();
      while (left > 0) {
        int seen = left;
        for (Watcher<D> watcher : watchers) {
          if (!watcher.deliver()) {
            watchers.remove(watcher);
          }
        }
        Duration apart = apart(watchers.size());
        if (apart.isPositive()) {
          timers.after(apart, () -> goOn(seen));
          return;
        }
        left = wakes.addAndGet(-seen);
      }
    }

    /// The lane counted as awake until now.
    private void goOn(int seen) {
      if (wakes.addAndGet(-seen) > 0) {
        run();
      }
    }
  }
}
