package dev.drydock.kubeproxy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.health.HealthServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Whether the rules keep up with the cluster: well when no change waits for longer than the
/// limit.
public final class ProxyHealth {
  private final InstantSource clock;
  private final Duration limit;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable Instant waitingSince;

  @GuardedBy("lock")
  private @Nullable Instant lastSync;

  ProxyHealth(InstantSource clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
  }

  void changed() {
    synchronized (lock) {
      if (waitingSince == null) {
        waitingSince = clock.instant();
      }
    }
  }

  void synced() {
    synchronized (lock) {
      waitingSince = null;
      lastSync = clock.instant();
    }
  }

  /// In the form of the real kube-proxy's `/healthz`.
  Answer answer() {
    Instant now = clock.instant();
    synchronized (lock) {
      boolean well =
          lastSync != null && (waitingSince == null || now.isBefore(waitingSince.plus(limit)));
      Instant updated = well || lastSync == null ? now : lastSync;
      return Answer.json(
          well ? 200 : 503,
          "{\"lastUpdated\": \""
              + updated
              + "\",\"currentTime\": \""
              + now
              + "\", \"nodeEligible\": true}");
    }
  }
}
