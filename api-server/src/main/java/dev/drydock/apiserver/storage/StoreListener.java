package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;
import java.util.List;
import java.util.Optional;

/// Hears of changes.
public interface StoreListener {

  /// Changes in order of revision.
  void changed(List<StoreChange> changes);

  /// Everything up to this revision has been told.
  void progress(Revision revision);

  /// The watch has ended; nothing follows.
  void failed(StorageException cause);

  /// A key was written or deleted.
  sealed interface StoreChange {

    /// @param before what it replaced, where there was something
    record Put(Stored now, Optional<Stored> before) implements StoreChange {}

    /// @param before what was there
    record Delete(Stored before, Revision revision) implements StoreChange {}
  }
}
