package dev.drydock.testkit.time;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands until a test moves it; what becomes due then runs on the test's thread, in
/// order of time.
public final class FakeClock implements InstantSource, Timers {
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final Object lock = new Object();

  @GuardedBy("lock")
  private Instant now;

  @GuardedBy("lock")
  private long sequence;

  @GuardedBy("lock")
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::sequence));

  private record Task(Instant due, long sequence, Runnable body) {}

  /// A clock that stands at the beginning of 2026.
  public FakeClock() {
    this(BEGINNING);
  }

  public FakeClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    synchronized (lock) {
      return now;
    }
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    synchronized (lock) {
      Duration wait = delay.isNegative() ? Duration.ZERO : delay;
      var added = new Task(now.plus(wait), sequence++, task);
      tasks.add(added);
      lock.notifyAll();
      return () -> remove(added);
    }
  }

  private void remove(Task task) {
    synchronized (lock) {
      tasks.remove(task);
    }
  }

  /// Moves time on, step by step, running what becomes due on the calling thread; tasks added on
  /// the way run too when they are due.
  public void advance(Duration by) {
    Instant end = instant().plus(by);
    while (true) {
      Task next;
      synchronized (lock) {
        next = tasks.peek();
        if (next == null || next.due().isAfter(end)) {
          now = end;
          return;
        }
        tasks.poll();
        now = next.due().isAfter(now) ? next.due() : now;
      }
      next.body().run();
    }
  }

  /// Runs what is due now.
  public void runDue() {
    advance(Duration.ZERO);
  }

  /// How many tasks wait.
  public int pending() {
    synchronized (lock) {
      return tasks.size();
    }
  }

  /// Waits (in real time, at most ten seconds) until another thread has asked for a wait, so that
  /// moving on makes sense.
  public void awaitPending(int atLeast) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    synchronized (lock) {
      while (tasks.size() < atLeast) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              "only " + tasks.size() + " tasks wait for the clock, expected " + atLeast);
        }
        lock.wait(left);
      }
    }
  }
}
