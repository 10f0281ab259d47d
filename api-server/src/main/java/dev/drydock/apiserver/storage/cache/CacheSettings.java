package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.StorePrefix;
import java.time.Duration;

/// How a cache behaves.
///
/// @param root the tree that is cached, whole
/// @param historyEvents how many events are kept per resource type at most
/// @param historyBytes and how many bytes of stored values they may stand for
/// @param progressEvery how often quiet watchers are told how far they are
/// @param patience how long a read waits for a revision that has not arrived
/// @param silence how long to wait before the store is asked for a progress mark
/// @param lanes how many threads at most deliver the watches of one resource type
public record CacheSettings(
    StorePrefix root,
    int historyEvents,
    long historyBytes,
    Duration progressEvery,
    Duration patience,
    Duration silence,
    int lanes) {

  /// As in Kubernetes: bookmarks every minute, three seconds of patience.
  public static CacheSettings defaults() {
    return new CacheSettings(
        new StorePrefix("/registry/"),
        10_000,
        16 << 20,
        Duration.ofMinutes(1),
        Duration.ofSeconds(3),
        Duration.ofMillis(250),
        Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4));
  }

  public CacheSettings withHistory(int events, long bytes) {
    return new CacheSettings(root, events, bytes, progressEvery, patience, silence, lanes);
  }
}
