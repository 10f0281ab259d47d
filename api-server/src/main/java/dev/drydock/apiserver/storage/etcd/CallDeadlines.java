package dev.drydock.apiserver.storage.etcd;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Gives up calls that etcd does not answer in time.
///
/// Almost every call is answered long before, so there is no timer for each, which would have to be
/// set and taken back on a thread that is woken for it: one look at all open calls is due when the
/// first of them is.
final class CallDeadlines {
  private final ScheduledExecutorService timer;
  private final Map<EtcdCall<?, ?>, Deadline> open = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Deadline> nextLook = new AtomicReference<>();

  CallDeadlines(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /// @param nanos by [System#nanoTime]
  private record Deadline(long nanos, Duration within) {
    static Deadline after(Duration within) {
      return new Deadline(System.nanoTime() + within.toNanos(), within);
    }

    boolean isBefore(Deadline other) {
      return nanos - other.nanos < 0;
    }

    long left() {
      return nanos - System.nanoTime();
    }
  }

  void add(EtcdCall<?, ?> call, Duration within) {
    Deadline deadline = Deadline.after(within);
    open.put(call, deadline);
    lookAt(deadline);
  }

  void remove(EtcdCall<?, ?> call) {
    open.remove(call);
  }

  /// Makes sure that there is a look at that moment, or one before it that sees to it.
  private void lookAt(Deadline deadline) {
    while (true) {
      Deadline next = nextLook.get();
      if (next != null && !deadline.isBefore(next)) {
        return;
      }
      if (nextLook.compareAndSet(next, deadline)) {
        var _ = timer.schedule(() -> look(deadline), deadline.left(), TimeUnit.NANOSECONDS);
        return;
      }
    }
  }

  private void look(Deadline planned) {
    nextLook.compareAndSet(planned, null);
    open.forEach(
        (call, deadline) -> {
          if (deadline.left() > 0) {
            lookAt(deadline);
          } else if (open.remove(call, deadline)) {
            call.fail(
                Status.DEADLINE_EXCEEDED.withDescription(
                    "no answer within " + deadline.within().toMillis() + " ms"));
          }
        });
  }
}
