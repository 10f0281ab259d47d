package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;
import java.time.Duration;
import java.util.Optional;

/// Keeps bytes under keys, with one growing revision for the whole store. Linearizable.
/// Blocking; meant for virtual threads. Fails with a [StorageException].
public interface ObjectStore extends AutoCloseable {

  Optional<Stored> get(StoreKey key);

  /// @throws StorageException.Compacted when the page's revision is no longer kept
  StoredPage list(StorePrefix prefix, Page page);

  /// Writes the value if the key is still in the expected state.
  ///
  /// @param expected NONE: the key must not exist
  /// @param timeToLive zero: for ever; else the value vanishes by itself, at the earliest
  ///     after it
  /// @return the revision of this write
  /// @throws StorageException.Conflict when it is in another state
  Revision put(StoreKey key, Bytes value, Revision expected, Duration timeToLive);

  /// Deletes the key if it is still in the expected state.
  ///
  /// @return the revision of the deletion
  /// @throws StorageException.Conflict when it is in another state, or gone
  Revision delete(StoreKey key, Revision expected);

  /// Tells the listener of every change below the prefix after a revision, in order, each
  /// revision once, until the watch is closed or has failed. Calls come one at a time.
  StoreWatch watch(StorePrefix prefix, Revision after, StoreListener listener);

  /// The store's revision now: any read after this call sees at least this.
  Revision currentRevision();

  @Override
  void close();

  /// A running watch.
  interface StoreWatch extends AutoCloseable {

    /// Asks for a progress mark soon, even when nothing happens.
    void requestProgress();

    @Override
    void close();
  }
}
