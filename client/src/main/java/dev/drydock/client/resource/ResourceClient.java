package dev.drydock.client.resource;

import dev.drydock.api.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// Typed access to the objects of one type. Blocking; meant for virtual threads. Safe for many
/// threads.
///
/// Every method throws [ApiException] with the server's `Status`; when the server can't be reached
/// or does not answer in time, with reason `SERVICE_UNAVAILABLE` or `TIMEOUT`. Each write carries
/// the cause that is current in the calling thread.
public interface ResourceClient<T extends HasMetadata> {

  /// The most recent state.
  T get(ObjectKey key);

  Listed<T> list(Selection selection);

  /// Events of the selection, beginning with its present state: `Added` for each object, then a
  /// bookmark with `INITIAL_STATE_COMPLETE`, then what happens.
  WatchStream<T> watch(Selection selection);

  /// @return the object as stored, with its revision
  T create(T object);

  /// Replaces the object. Its resource version, when set, must be the stored one.
  T update(T object);

  T patch(ObjectKey key, Patch patch);

  void delete(ObjectKey key, Deletion deletion);
}
