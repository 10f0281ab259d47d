package dev.drydock.apiserver.filter;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.User;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds the requests that are carried out at the same time, reads and writes apart. The
/// surplus waits a little, in a queue that is bounded too, and is then refused. Watches and
/// logs are exempt, and so are administrators.
public final class LimitFilter implements Filter {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Lane reads;
  private final Lane writes;
  private final Duration patience;

  /// @param patience how long a request may wait for its turn
  public LimitFilter(int maxReads, int maxWrites, Duration patience) {
    this.reads = new Lane(maxReads);
    this.writes = new Lane(maxWrites);
    this.patience = patience;
  }

  @Override
  public void before(Call call) {
    if (!isExempt(call)) {
      lane(call).enter(patience);
    }
  }

  @Override
  public void after(Call call, Outcome outcome) {
    if (!isExempt(call)) {
      lane(call).turns.release();
    }
  }

  private static boolean isExempt(Call call) {
    return call.arrival().lasting() == Call.Lasting.LONG
        || call.authenticated().groups().contains(User.MASTERS);
  }

  private Lane lane(Call call) {
    return call.subject() instanceof Subject.Resource resource && resource.verb().writes()
        ? writes
        : reads;
  }

  private static final class Lane {
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int maxWaiting;

    Lane(int max) {
      turns = new Semaphore(max);
      maxWaiting = 16 * max;
    }

    void enter(Duration patience) {
      if (turns.tryAcquire()) {
        return;
      }
      boolean mine = false;
      if (waiting.incrementAndGet() <= maxWaiting) {
        try {
          mine = turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      waiting.decrementAndGet();
      if (!mine) {
        throw ApiException.tooManyRequests(
            "Too many requests, please try again later.", RETRY_AFTER);
      }
    }
  }
}
