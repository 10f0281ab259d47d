package dev.drydock.apiserver.request;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import java.util.List;

/// Receives a watch after selection: calls come one at a time and must not block.
public interface WatchObserver {

  /// @return false when the client can't keep up: the watch then ends with `Expired`
  boolean events(List<WatchItem> events);

  /// A bookmark; only for clients that want them.
  void bookmark(Revision revision, boolean initialEventsEnd);

  /// Nothing follows.
  void ended(ApiException cause);

  /// Nothing follows, and nothing is wrong: the client may begin anew.
  void completed();

  /// One event.
  record WatchItem(Type type, StoredObject object) {}

  /// Event types on the wire.
  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
