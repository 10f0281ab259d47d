package dev.drydock.kubelet.program;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A process: a thread that runs a program, its signals, and what to close when it ends.
public final class Task {
  private final int pid;
  private final int parent;
  private final List<String> command;
  private final OutputStream output;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode;

  @GuardedBy("this")
  private @Nullable Map<Signal, Runnable> handlers;

  @GuardedBy("this")
  private @Nullable List<Closeable> open;

  @GuardedBy("this")
  private @Nullable Thread thread;

  @GuardedBy("this")
  private @Nullable Integer forcedExit;

  Task(int pid, int parent, ProcessTable.Launch launch) {
    this.pid = pid;
    this.parent = parent;
    this.command = launch.arguments();
    this.output = launch.streams().out();
  }

  public int pid() {
    return pid;
  }

  public int parent() {
    return parent;
  }

  public List<String> command() {
    return command;
  }

  OutputStream output() {
    return output;
  }

  public boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /// Waits for the end.
  ///
  /// @return the exit code
  public int await() throws InterruptedException {
    ended.await();
    return exitCode;
  }

  /// Delivers a signal: to the program's handler; else, as Linux does, the first process of a
  /// container ignores it (except `KILL`) and any other ends.
  public void signal(Signal signal) {
    Runnable handler;
    synchronized (this) {
      handler = handlers == null ? null : handlers.get(signal);
    }
    if (signal == Signal.KILL || (handler == null && pid != 1)) {
      end(signal.exitCode());
    } else if (handler != null) {
      handler.run();
    }
  }

  /// Ends the process at once with this exit code, as a crash would.
  public synchronized void end(int code) {
    if (forcedExit == null && !hasEnded()) {
      forcedExit = code;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /// @param handler must not block; replaces the one there was
  synchronized void onSignal(Signal signal, Runnable handler) {
    Map<Signal, Runnable> map = handlers == null ? new EnumMap<>(Signal.class) : handlers;
    map.put(signal, handler);
    handlers = map;
  }

  synchronized void defaultSignal(Signal signal) {
    if (handlers != null) {
      handlers.remove(signal);
    }
  }

  /// Closes the thing when the process ends, at once when it has.
  void closeAtEnd(Closeable thing) {
    synchronized (this) {
      if (!hasEnded()) {
        List<Closeable> list = open == null ? new ArrayList<>(2) : open;
        list.add(thing);
        open = list;
        return;
      }
    }
    closeQuietly(thing);
  }

  synchronized void forget(Closeable thing) {
    if (open != null) {
      open.remove(thing);
    }
  }

  synchronized void runsOn(Thread runner) {
    thread = runner;
    if (forcedExit != null) {
      runner.interrupt();
    }
  }

  void ended(int code) {
    List<Closeable> left;
    synchronized (this) {
      exitCode = forcedExit == null ? code : forcedExit;
      left = open == null ? List.of() : List.copyOf(open);
      open = null;
      thread = null;
      ended.countDown();
    }
    left.forEach(Task::closeQuietly);
  }

  private static void closeQuietly(Closeable thing) {
    try {
      thing.close();
    } catch (IOException e) {
      // A process that is gone has nobody to tell.
    }
  }
}
