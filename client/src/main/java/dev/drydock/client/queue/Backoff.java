package dev.drydock.client.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long to wait before the next try of a key: doubles with each failure in a row.
public final class Backoff<K> {
  private final Duration first;
  private final Duration most;
  private final Map<K, Integer> failures = new ConcurrentHashMap<>();

  /// @param first wait after the first failure
  /// @param most longest wait
  public Backoff(Duration first, Duration most) {
    this.first = first;
    this.most = most;
  }

  /// client-go's default item limiter: 5 ms, doubled, up to 1000 s.
  public static <K> Backoff<K> standard() {
    return new Backoff<>(Duration.ofMillis(5), Duration.ofSeconds(1000));
  }

  /// Counts a failure of the key.
  ///
  /// @return how long to wait
  public Duration failed(K key) {
    int before = failures.merge(key, 1, Integer::sum) - 1;
    double nanos = first.toNanos() * Math.pow(2, before);
    return nanos >= most.toNanos() ? most : Duration.ofNanos((long) nanos);
  }

  /// Forgets the failures of the key.
  public void succeeded(K key) {
    failures.remove(key);
  }

  /// Failures in a row.
  public int count(K key) {
    return failures.getOrDefault(key, 0);
  }
}
