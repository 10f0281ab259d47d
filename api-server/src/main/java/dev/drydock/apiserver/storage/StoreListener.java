package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;
import java.util.List;

/// Hears of changes.
public interface StoreListener {

  /// Changes in order of revision.
  void changed(List<StoreChange> changes);

  /// Everything up to this revision has been told.
  void progress(Revision revision);

  /// The watch has ended; nothing follows.
  void failed(StorageException cause);

  /// A key was written or deleted. What was there before is not told: who needs it follows from the
  /// beginning, and knows; the store would have to look it up for each change.
  sealed interface StoreChange {
    StoreKey key();

    Revision revision();

    record Put(Stored now) implements StoreChange {
      @Override
      public StoreKey key() {
        return now.key();
      }

      @Override
      public Revision revision() {
        return now.revision();
      }
    }

    record Delete(StoreKey key, Revision revision) implements StoreChange {}
  }
}
