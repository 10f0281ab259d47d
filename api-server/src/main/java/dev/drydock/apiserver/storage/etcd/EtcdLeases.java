package dev.drydock.apiserver.storage.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Shares a lease among writes of about the same time, since a lease per event would cost etcd
/// more than the event. What is written therefore lives up to a tenth longer than asked, at
/// most a minute.
final class EtcdLeases {
  private static final Duration MOST_EXTRA = Duration.ofMinutes(1);
  private static final int MOST_WRITES = 1000;

  private final EtcdConnection connection;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Duration, Shared> current = new HashMap<>();

  EtcdLeases(EtcdConnection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  private record Shared(long id, Instant until, int writes) {}

  /// A lease that lasts at least so long from now; 0 for a duration of zero.
  long leaseFor(Duration timeToLive) {
    if (!timeToLive.isPositive()) {
      return 0;
    }
    lock.lock();
    try {
      Instant now = clock.instant();
      Shared shared = current.get(timeToLive);
      if (shared == null
          || shared.writes() >= MOST_WRITES
          || now.plus(timeToLive).isAfter(shared.until())) {
        shared = grant(timeToLive, now);
      }
      current.put(timeToLive, new Shared(shared.id(), shared.until(), shared.writes() + 1));
      return shared.id();
    } finally {
      lock.unlock();
    }
  }

  private Shared grant(Duration timeToLive, Instant now) {
    Duration tenth = timeToLive.dividedBy(10);
    Duration whole = timeToLive.plus(tenth.compareTo(MOST_EXTRA) < 0 ? tenth : MOST_EXTRA);
    long seconds = Math.max(1, whole.plusMillis(999).toSeconds());
    LeaseGrantRequest request = LeaseGrantRequest.newBuilder().setTTL(seconds).build();
    long id = connection.ask(LeaseGrpc.getLeaseGrantMethod(), request).getID();
    return new Shared(id, now.plusSeconds(seconds), 0);
  }

  /// The lease is gone, whyever: nobody shall use it again.
  void forget(long id) {
    lock.lock();
    try {
      current.values().removeIf(shared -> shared.id() == id);
    } finally {
      lock.unlock();
    }
  }
}
