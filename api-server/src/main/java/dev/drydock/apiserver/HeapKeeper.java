package dev.drydock.apiserver;

import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Has the heap collected before it has grown far beyond what lives in it.
///
/// The serial collector looks into the old generation only when the heap can grow no more, so what
/// a burst of writes and events left there would stay for good. This asks for a whole collection
/// when the heap has grown by half since the last one, and when it has grown a little and then come
/// to rest.
final class HeapKeeper implements Component {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final long LITTLE = 8L << 20;
  private static final long SMALL = 48L << 20;

  private final Timers timers;
  private final LongSupplier size;
  private final Runnable collection;
  private long left;
  private long seen;
  private volatile boolean closed;

  /// @param size of the heap, in bytes
  HeapKeeper(Timers timers, LongSupplier size, Runnable collection) {
    this.timers = timers;
    this.size = size;
    this.collection = collection;
    this.left = SMALL;
  }

  @Override
  public void start() {
    timers.after(EVERY, this::look);
  }

  private void look() {
    if (closed) {
      return;
    }
    long now = size.getAsLong();
    if (isDue(now)) {
      collection.run();
      now = size.getAsLong();
      left = Math.max(now, SMALL);
    }
    seen = now;
    timers.after(EVERY, this::look);
  }

  private boolean isDue(long now) {
    boolean grownByHalf = now > left + left / 2;
    boolean atRest = now == seen && now > left + LITTLE;
    return grownByHalf || atRest;
  }

  @Override
  public void close() {
    closed = true;
  }
}
