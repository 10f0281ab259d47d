package dev.drydock.kubelet.kernel;

import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Who used which chain, and when: what session affinity remembers. As in Linux, a list forgets
/// the oldest when it is full.
final class RecentClients {
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Timers timers;
  private final Map<Use, Instant> uses =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Use, Instant> eldest) {
          return size() > MOST;
        }
      };

  private record Use(String chain, String source) {}

  RecentClients(InstantSource clock, Timers timers) {
    this.clock = clock;
    this.timers = timers;
  }

  synchronized boolean used(String chain, String source, int seconds) {
    Instant last = uses.get(new Use(chain, source));
    Duration limit = timers.scaled(Duration.ofSeconds(seconds));
    return last != null && !last.plus(limit).isBefore(clock.instant());
  }

  synchronized void use(String chain, String source) {
    uses.put(new Use(chain, source), clock.instant());
  }
}
