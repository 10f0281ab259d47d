package dev.drydock.api.watch;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;

/// What a watch delivers, in order of revision.
///
/// @param <T> the form of the object
public sealed interface WatchEvent<T> {

  /// The object came into existence, or into the watched selection.
  record Added<T>(T object) implements WatchEvent<T> {}

  record Modified<T>(T object) implements WatchEvent<T> {}

  /// The object is gone, or left the watched selection.
  ///
  /// @param last its last state, with the revision of the deletion
  record Deleted<T>(T last) implements WatchEvent<T> {}

  /// Everything up to this revision has been delivered.
  ///
  /// @param progress whether the initial state is complete with this one
  record Bookmark<T>(Revision revision, Progress progress) implements WatchEvent<T> {}

  /// The watch has ended; `EXPIRED` means: list again.
  record Failed<T>(ApiException cause) implements WatchEvent<T> {}

  /// What a bookmark marks.
  enum Progress {
    INITIAL_STATE_COMPLETE,
    ALIVE
  }
}
