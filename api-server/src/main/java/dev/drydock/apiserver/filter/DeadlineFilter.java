package dev.drydock.apiserver.filter;

import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Gives up requests that take longer than the deadline. Looks once a second instead of setting
/// one timer per request.
public final class DeadlineFilter implements Filter {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Timers timers;
  private final Duration deadline;
  private final Set<Call> running = ConcurrentHashMap.newKeySet();

  public DeadlineFilter(InstantSource clock, Timers timers, Duration deadline) {
    this.clock = clock;
    this.timers = timers;
    this.deadline = deadline;
  }

  /// Begins to watch over the requests; never ends.
  public void start() {
    timers.after(EVERY, this::sweep);
  }

  @Override
  public void before(Call call) {
    if (call.arrival().lasting() == Call.Lasting.SHORT) {
      running.add(call);
    }
  }

  @Override
  public void after(Call call, Outcome outcome) {
    running.remove(call);
  }

  private void sweep() {
    Instant oldest = clock.instant().minus(deadline);
    for (Call call : running) {
      if (call.arrival().received().isBefore(oldest)) {
        call.abort();
      }
    }
    timers.after(EVERY, this::sweep);
  }
}
