package dev.drydock.kubeproxy.pace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.function.Supplier;

/// Runs a task when somebody asks for it: at once after a rest, never twice within the shortest
/// period, one run for all who asked meanwhile; again by itself after a failure, and at the latest
/// when the longest period is over.
public final class SyncPace implements Component {
  private final Settings settings;
  private final Timers timers;
  private final Supplier<Outcome> task;
  private final Object lock = new Object();
  private final Thread thread = Thread.ofVirtual().name("sync").unstarted(this::run);

  @GuardedBy("lock")
  private boolean wanted;

  @GuardedBy("lock")
  private boolean rested = true;

  @GuardedBy("lock")
  private Timers.Cancellable alarm = () -> {};

  @GuardedBy("lock")
  private int failures;

  /// @param shortest from the start of one run to the next
  /// @param longest after which it runs though nobody asked
  public record Settings(Duration shortest, Duration longest) {}

  /// How a run ended.
  public enum Outcome {
    DONE,
    FAILED
  }

  public SyncPace(Settings settings, Timers timers, Supplier<Outcome> task) {
    this.settings = settings;
    this.timers = timers;
    this.task = task;
  }

  /// Asks for a run.
  public void request() {
    synchronized (lock) {
      wanted = true;
      lock.notifyAll();
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      alarm.cancel();
    }
  }

  private void run() {
    try {
      while (true) {
        synchronized (lock) {
          while (!wanted || !rested) {
            lock.wait();
          }
          wanted = false;
          rested = false;
          alarm.cancel();
        }
        timers.after(settings.shortest(), this::rest);
        settle(task.get());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void rest() {
    synchronized (lock) {
      rested = true;
      lock.notifyAll();
    }
  }

  private void settle(Outcome outcome) {
    synchronized (lock) {
      failures =
          switch (outcome) {
            case DONE -> 0;
            case FAILED -> Math.min(failures + 1, 2);
          };
      Duration wait =
          failures == 0
              ? settings.longest()
              : settings.shortest().multipliedBy(1L << (failures - 1));
      alarm = timers.after(wait, this::request);
    }
  }
}
