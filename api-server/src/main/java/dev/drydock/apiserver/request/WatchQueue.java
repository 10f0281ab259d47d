package dev.drydock.apiserver.request;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Hands a watch over from the cache's thread to whoever writes to the client, without ever
/// making the cache wait. Holds references to shared objects, not copies; bounded by their
/// number and size, except that a batch that finds the queue empty is always taken (the
/// initial state).
///
/// One writer, one reader.
public final class WatchQueue implements WatchObserver {
  private static final long MAX_EVENTS = 50_000;
  private static final long MAX_BYTES = 32L << 20;

  private final ConcurrentLinkedQueue<Signal> signals = new ConcurrentLinkedQueue<>();
  private final AtomicLong pendingEvents = new AtomicLong();
  private final AtomicLong pendingBytes = new AtomicLong();
  private final Runnable wake;

  /// @param wake called, on any thread, after something was put in; must not block
  public WatchQueue(Runnable wake) {
    this.wake = wake;
  }

  /// What the reader sees.
  public sealed interface Signal {

    record Events(List<WatchItem> items) implements Signal {}

    record Bookmark(Revision revision, boolean initialEventsEnd) implements Signal {}

    record Ended(ApiException cause) implements Signal {}

    record Completed() implements Signal {}
  }

  @Override
  public boolean events(List<WatchItem> events) {
    if (pendingEvents.get() > MAX_EVENTS || pendingBytes.get() > MAX_BYTES) {
      return false;
    }
    pendingEvents.addAndGet(events.size());
    pendingBytes.addAndGet(bytes(events));
    signals.add(new Signal.Events(events));
    wake.run();
    return true;
  }

  @Override
  public void bookmark(Revision revision, boolean initialEventsEnd) {
    signals.add(new Signal.Bookmark(revision, initialEventsEnd));
    wake.run();
  }

  @Override
  public void ended(ApiException cause) {
    signals.add(new Signal.Ended(cause));
    wake.run();
  }

  @Override
  public void completed() {
    signals.add(new Signal.Completed());
    wake.run();
  }

  /// The next signal, or null when there is none now.
  public @Nullable Signal poll() {
    Signal next = signals.poll();
    if (next instanceof Signal.Events(List<WatchItem> items)) {
      pendingEvents.addAndGet(-items.size());
      pendingBytes.addAndGet(-bytes(items));
    }
    return next;
  }

  private static long bytes(List<WatchItem> items) {
    long sum = 0;
    for (WatchItem item : items) {
      sum += item.object().json().length();
    }
    return sum;
  }
}
