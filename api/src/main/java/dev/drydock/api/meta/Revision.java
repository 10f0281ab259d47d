package dev.drydock.api.meta;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// A point in the history of the store: etcd's revision, Kubernetes' resource version. Unique in
/// the cluster and growing, so it is also the id of the write that made it.
///
/// @param value 0 means "none"
public record Revision(long value) implements Comparable<Revision> {
  /// No revision: the object does not exist yet, or any state will do.
  public static final Revision NONE = new Revision(0);

  public Revision {
    if (value < 0) {
      throw new IllegalArgumentException("revision must not be negative: " + value);
    }
  }

  public static Revision of(long value) {
    return value == 0 ? NONE : new Revision(value);
  }

  /// The revision of an object read from, or answered by, the api-server.
  public static Revision of(HasMetadata object) {
    String version = object.getMetadata().getResourceVersion();
    return version == null || version.isEmpty() ? NONE : of(Long.parseLong(version));
  }

  public boolean isNone() {
    return value == 0;
  }

  public boolean atLeast(Revision other) {
    return value >= other.value;
  }

  @Override
  public int compareTo(Revision other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
