package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;

/// What can go wrong in a store; translated into a `Status` in one place, the registry.
public sealed class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StorageException(String message) {
    super(message);
  }

  /// The key is not in the expected state.
  public static final class Conflict extends StorageException {
    private static final long serialVersionUID = 1L;

    public Conflict(StoreKey key, Revision expected) {
      super(
          key + (expected.isNone() ? " exists already" : " is no longer at revision " + expected));
    }
  }

  /// The wanted revision is no longer kept.
  public static final class Compacted extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient Revision wanted;
    private final transient Revision oldestKept;

    public Compacted(Revision wanted, Revision oldestKept) {
      super("revision " + wanted + " is compacted; the oldest kept is " + oldestKept);
      this.wanted = wanted;
      this.oldestKept = oldestKept;
    }

    public Revision wanted() {
      return wanted;
    }

    public Revision oldestKept() {
      return oldestKept;
    }
  }

  /// The wanted revision is not reached yet.
  public static final class FutureRevision extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient Revision wanted;
    private final transient Revision current;

    public FutureRevision(Revision wanted, Revision current) {
      super("revision " + wanted + " is in the future; the store is at " + current);
      this.wanted = wanted;
      this.current = current;
    }

    public Revision wanted() {
      return wanted;
    }

    public Revision current() {
      return current;
    }
  }

  /// The store does not answer, or not in time. Whether a write took effect is not known.
  public static final class Unavailable extends StorageException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }
}
