package dev.drydock.apiserver.storage.etcd;

import dev.drydock.client.time.Ticker;
import dev.drydock.client.time.Timers;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Gives up calls that etcd does not answer in time.
///
/// Almost every call is answered long before, so there is no timer for each, which would have to be
/// set and taken back on a thread that is woken for it: one look at all open calls is due when the
/// first of them is.
final class CallDeadlines {
  private final Timers timers;
  private final Ticker ticker;
  private final Map<EtcdCall<?, ?>, Deadline> open = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Deadline> nextLook = new AtomicReference<>();

  /// @param timers not scaled: etcd is no faster in a lab whose time passes sooner
  CallDeadlines(Timers timers, Ticker ticker) {
    this.timers = timers;
    this.ticker = ticker;
  }

  /// @param nanos by the ticker
  private record Deadline(long nanos, Duration within) {
    boolean isBefore(Deadline other) {
      return nanos - other.nanos < 0;
    }
  }

  void add(EtcdCall<?, ?> call, Duration within) {
    var deadline = new Deadline(ticker.nanos() + within.toNanos(), within);
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
        timers.after(Duration.ofNanos(left(deadline)), () -> look(deadline));
        return;
      }
    }
  }

  private void look(Deadline planned) {
    nextLook.compareAndSet(planned, null);
    open.forEach(
        (call, deadline) -> {
          if (left(deadline) > 0) {
            lookAt(deadline);
          } else if (open.remove(call, deadline)) {
            call.fail(
                Status.DEADLINE_EXCEEDED.withDescription(
                    "no answer within " + deadline.within().toMillis() + " ms"));
          }
        });
  }

  private long left(Deadline deadline) {
    return deadline.nanos() - ticker.nanos();
  }
}
