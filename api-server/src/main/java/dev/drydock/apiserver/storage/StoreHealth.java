package dev.drydock.apiserver.storage;

import java.time.Duration;

/// Says whether a store answers, for `/readyz`.
public interface StoreHealth {

  /// @throws StorageException.Unavailable when it does not, within the time
  void requireAnswer(Duration within);
}
