package dev.drydock.kubelet.probes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.probes.Check.Answer;
import dev.drydock.kubelet.probes.Check.Result;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks again and again, and tells when the opinion changes. A probe's opinion is at first: not
/// ready, alive, not started.
public final class ProbeLoop {
  private final ProbeKind kind;
  private final Probe probe;
  private final Check check;
  private final Timers timers;
  private final Listener listener;

  @GuardedBy("this")
  private Timers.@Nullable Cancellable next;

  @GuardedBy("this")
  private State state = State.RUNNING;

  private Result lastResult = Result.SUCCESS;
  private int inARow;

  private enum State {
    RUNNING,
    STOPPED
  }

  /// Hears of a probe; called on the probe's thread.
  public interface Listener {
    /// One attempt failed.
    void failed(ProbeKind kind, String text);

    /// So many attempts in a row went well, or badly, that the threshold is reached. Told at each
    /// further attempt too.
    void decided(ProbeKind kind, Result result);
  }

  public ProbeLoop(ProbeKind kind, Probe probe, Check check, Timers timers, Listener listener) {
    this.kind = kind;
    this.probe = probe;
    this.check = check;
    this.timers = timers;
    this.listener = listener;
  }

  /// Begins after the probe's initial delay.
  public void start() {
    schedule(Duration.ofSeconds(number(probe.getInitialDelaySeconds(), 0)));
  }

  /// No further attempt; one that is underway is not told of.
  public synchronized void stop() {
    state = State.STOPPED;
    if (next != null) {
      next.cancel();
    }
  }

  private synchronized void schedule(Duration delay) {
    if (state == State.RUNNING) {
      next = timers.after(delay, this::attempt);
    }
  }

  private synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  private void attempt() {
    Answer answer;
    try {
      answer = check.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!isRunning()) {
      return;
    }
    inARow = answer.result() == lastResult ? inARow + 1 : 1;
    lastResult = answer.result();
    if (answer.result() == Result.FAILURE) {
      listener.failed(kind, answer.text());
    }
    int threshold =
        answer.result() == Result.SUCCESS
            ? number(probe.getSuccessThreshold(), 1)
            : number(probe.getFailureThreshold(), 3);
    if (inARow >= threshold) {
      listener.decided(kind, answer.result());
    }
    schedule(Duration.ofSeconds(number(probe.getPeriodSeconds(), 10)));
  }

  static int number(@Nullable Integer value, int usual) {
    return value == null ? usual : value;
  }
}
