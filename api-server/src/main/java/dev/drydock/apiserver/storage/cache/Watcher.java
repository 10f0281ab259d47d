package dev.drydock.apiserver.storage.cache;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.ObjectReader.CacheEvent;
import dev.drydock.apiserver.storage.ObjectReader.Snapshot;
import dev.drydock.apiserver.storage.ObjectReader.Watch;
import dev.drydock.apiserver.storage.ObjectReader.WatchSink;
import dev.drydock.apiserver.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch: a place in the log of its type, and a sink. First its own thread tells it the
/// initial state, then its lane takes over; never both.
final class Watcher<D> implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final int SLICE = 256;

  private final WatchSink<D> sink;
  private final LongSupplier applied;
  private volatile boolean closed;
  private volatile boolean progressWanted;
  private volatile boolean completing;
  private volatile Optional<StorageException> ending = Optional.empty();
  private volatile Place<D> place;

  /// @param applied up to which revision the cache is complete
  Watcher(WatchSink<D> sink, LongSupplier applied, Place<D> nowhere) {
    this.sink = sink;
    this.applied = applied;
    this.place = nowhere;
  }

  /// Where in a log a watcher is.
  ///
  /// @param prefix as the log compares it
  /// @param after events up to this revision are not its business
  record Place<D>(TypeCache<D> type, String prefix, EventNode<D> link, long after) {
    Place<D> at(EventNode<D> next) {
      return new Place<>(type, prefix, next, after);
    }
  }

  /// Tells the initial state.
  ///
  /// @return false when the watch is over
  boolean tellState(Snapshot<D> snapshot) {
    List<CacheEvent<D>> slice = new ArrayList<>(SLICE);
    for (D item : snapshot.items()) {
      slice.add(new CacheEvent<>(Optional.empty(), Optional.of(item), snapshot.revision()));
      if (slice.size() == SLICE) {
        if (!tell(slice)) {
          return false;
        }
        slice = new ArrayList<>(SLICE);
      }
    }
    if (!slice.isEmpty() && !tell(slice)) {
      return false;
    }
    if (closed) {
      return false;
    }
    sink.initialStateComplete(snapshot.revision());
    return true;
  }

  private boolean tell(List<CacheEvent<D>> events) {
    if (closed) {
      return false;
    }
    if (!sink.events(events)) {
      end(place.type().tooSlow(place.link()));
      return false;
    }
    return true;
  }

  /// Puts it under the care of its type's lanes.
  void goOnFrom(Place<D> start) {
    place = start;
    start.type().lanes().join(this);
  }

  /// Delivers what is new. Called by the lane.
  ///
  /// @return false when the watch is over
  boolean deliver() {
    try {
      return !closed && deliverNew();
    } catch (RuntimeException e) {
      LOG.error("A watcher failed; its watch ends", e);
      end(new StorageException.Unavailable("the watcher failed: " + e));
      return false;
    }
  }

  private boolean deliverNew() {
    Optional<StorageException> cause = ending;
    if (cause.isPresent()) {
      end(cause.get());
      return false;
    }
    if (place.type().isForgotten(place.link())) {
      end(place.type().tooSlow(place.link()));
      return false;
    }
    boolean progress = progressWanted;
    boolean last = completing;
    long complete = applied.getAsLong();
    if (!tellLog(place)) {
      return false;
    }
    if (last && !closed) {
      closed = true;
      sink.completed();
    }
    if (progress && !closed) {
      progressWanted = false;
      sink.progress(Revision.of(Math.max(complete, place.link().revision())));
    }
    return !closed;
  }

  /// @return false when the watch is over
  private boolean tellLog(Place<D> from) {
    Place<D> at = from;
    EventNode<D> next = at.link().next();
    while (next != null) {
      List<CacheEvent<D>> events = next.select(at.prefix(), at.after());
      if (!events.isEmpty() && !tell(events)) {
        return false;
      }
      at = at.at(next);
      next = next.next();
    }
    place = at;
    return true;
  }

  void tellProgress() {
    progressWanted = true;
  }

  @Override
  public void wantProgress() {
    tellProgress();
    place.type().lanes().wake();
  }

  @Override
  public void complete() {
    completing = true;
    place.type().lanes().wake();
  }

  void endSoon(StorageException cause) {
    ending = Optional.of(cause);
  }

  void end(StorageException cause) {
    if (!closed) {
      closed = true;
      sink.ended(cause);
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
