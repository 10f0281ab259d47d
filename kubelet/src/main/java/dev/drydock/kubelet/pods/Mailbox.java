package dev.drydock.kubelet.pods;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/// Runs tasks one at a time, in order. Holds no thread while there is nothing to do.
final class Mailbox {
  private final Executor executor;
  private final Queue<Runnable> tasks = new ArrayDeque<>(2);
  private boolean running;

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  void post(Runnable task) {
    synchronized (this) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::drain);
  }

  private void drain() {
    while (true) {
      Runnable next;
      synchronized (this) {
        next = tasks.poll();
        if (next == null) {
          running = false;
          return;
        }
      }
      next.run();
    }
  }
}
