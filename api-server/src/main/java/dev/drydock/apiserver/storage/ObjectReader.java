package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;
import java.util.List;
import java.util.Optional;

/// What a cache adds to a store: reads of decoded objects, and watches, from memory.
///
/// @param <D> the decoded form of a value; made once per write and shared, so never changed
public interface ObjectReader<D> {

  Optional<D> get(StoreKey key, Freshness freshness);

  /// Everything below the prefix, as one consistent state.
  Snapshot<D> list(StorePrefix prefix, Freshness freshness);

  /// Tells the sink what happens below the prefix.
  Watch watch(StorePrefix prefix, WatchStart start, WatchSink<D> sink);

  /// How old an answer may be.
  sealed interface Freshness {

    /// Not older than the moment of the call.
    record Consistent() implements Freshness {}

    /// Whatever is in memory.
    record Any() implements Freshness {}

    record NotOlderThan(Revision revision) implements Freshness {}
  }

  /// A state at one revision.
  ///
  /// @param items in order of key; not a copy, and never changing
  record Snapshot<D>(List<D> items, Revision revision) {}

  /// Where a watch begins.
  sealed interface WatchStart {

    /// With what comes after this revision.
    record After(Revision revision) implements WatchStart {}

    /// With the state (as `Put`s without a before), not older than the freshness, marked complete
    /// by [WatchSink#initialStateComplete], then what comes after it.
    record State(Freshness freshness) implements WatchStart {}
  }

  /// One change of a watched key.
  ///
  /// @param before the state before, where the key existed; it carries the revision it had then
  /// @param now the state after, where it still exists
  /// @param revision of the change
  record CacheEvent<D>(Optional<D> before, Optional<D> now, Revision revision) {}

  /// Receives a watch. Calls come one at a time, in order, on a thread of the cache: a sink must
  /// not block, and says when it can't take more.
  interface WatchSink<D> {

    /// @return false when the watcher can't keep up: the watch then ends with [#ended]
    boolean events(List<CacheEvent<D>> events);

    void initialStateComplete(Revision revision);

    /// Everything up to this revision has been told.
    void progress(Revision revision);

    /// Nothing follows, for a reason.
    void ended(StorageException cause);

    /// Nothing follows, as was asked by [Watch#complete].
    default void completed() {
      // Nobody asked.
    }
  }

  /// A watch of a reader.
  interface Watch extends Subscription {

    /// Lets it end with [WatchSink#completed], once all that is known now has been told.
    void complete();
  }

  /// A running watch.
  interface Subscription extends AutoCloseable {
    @Override
    void close();

    /// Asks for [WatchSink#progress] soon, whether there is something new or not.
    default void wantProgress() {
      // Where nobody knows how far it is, nobody tells.
    }

    /// The same watch, with something to do when it is closed.
    default Subscription andThen(Runnable closed) {
      Subscription inner = this;
      return new Subscription() {
        @Override
        public void close() {
          inner.close();
          closed.run();
        }

        @Override
        public void wantProgress() {
          inner.wantProgress();
        }
      };
    }
  }
}
