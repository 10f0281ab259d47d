package dev.drydock.client.queue;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The work queue in memory: first in, first out, over keys.
///
/// ```
/// add -> waiting -> take -> in work -> close -> gone
///                              |                  ^
///                              +- add: again -----+-> waiting
/// ```
public final class FairWorkQueue<K> implements WorkQueue<K> {
  private final InstantSource clock;
  private final Timers timers;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Set<K> waiting = new LinkedHashSet<>();

  @GuardedBy("lock")
  private final Set<K> inWork = new HashSet<>();

  @GuardedBy("lock")
  private final Set<K> again = new HashSet<>();

  @GuardedBy("lock")
  private final Map<K, Delayed> delayed = new HashMap<>();

  @GuardedBy("lock")
  private boolean closed;

  private record Delayed(Instant due, Timers.Cancellable timer) {}

  public FairWorkQueue(InstantSource clock, Timers timers) {
    this.clock = clock;
    this.timers = timers;
  }

  @Override
  public void add(K key) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      if (inWork.contains(key)) {
        again.add(key);
      } else if (waiting.add(key)) {
        lock.notify();
      }
    }
  }

  @Override
  public void addAfter(K key, Duration delay) {
    if (!delay.isPositive()) {
      add(key);
      return;
    }
    Instant due = clock.instant().plus(timers.scaled(delay));
    synchronized (lock) {
      Delayed earlier = delayed.get(key);
      if (closed || (earlier != null && !due.isBefore(earlier.due()))) {
        return;
      }
      if (earlier != null) {
        earlier.timer().cancel();
      }
      delayed.put(key, new Delayed(due, timers.after(delay, () -> isDue(key, due))));
    }
  }

  private void isDue(K key, Instant due) {
    synchronized (lock) {
      Delayed present = delayed.get(key);
      if (present == null || !present.due().equals(due)) {
        return;
      }
      delayed.remove(key);
    }
    add(key);
  }

  @Override
  public Taken<K> take() throws InterruptedException {
    synchronized (lock) {
      while (waiting.isEmpty() && !closed) {
        lock.wait();
      }
      if (closed) {
        throw new InterruptedException("the queue is closed");
      }
      var first = waiting.iterator();
      K key = first.next();
      first.remove();
      inWork.add(key);
      return new InWork(key);
    }
  }

  @Override
  public int size() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      waiting.clear();
      again.clear();
      delayed.values().forEach(one -> one.timer().cancel());
      delayed.clear();
      lock.notifyAll();
    }
  }

  private final class InWork implements Taken<K> {
    private final K key;

    InWork(K key) {
      this.key = key;
    }

    @Override
    public K key() {
      return key;
    }

    @Override
    public void close() {
      synchronized (lock) {
        if (inWork.remove(key) && again.remove(key) && !closed && waiting.add(key)) {
          lock.notify();
        }
      }
    }
  }
}
