package dev.drydock.apiserver.audit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Events on their way to a place that may be slow, brought there by a thread of their own.
final class AuditQueue implements AuditSink {
  private static final Logger LOG = Logger.getLogger(AuditQueue.class.getName());

  private final String name;
  private final Consumer<BlockingQueue<String>> bringing;
  private final BlockingQueue<String> queue;
  private final AtomicBoolean overrun = new AtomicBoolean();
  private @Nullable Thread thread;

  /// @param name of the place, in the log
  /// @param capacity how many events may wait
  /// @param bringing takes events for as long as it is not interrupted, then what still waits
  AuditQueue(String name, int capacity, Consumer<BlockingQueue<String>> bringing) {
    this.name = name;
    this.bringing = bringing;
    this.queue = new ArrayBlockingQueue<>(capacity);
  }

  @Override
  public void take(String event) {
    if (!queue.offer(event) && overrun.compareAndSet(false, true)) {
      LOG.warning("the audit " + name + " can't keep up: events are lost");
    }
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("audit-" + name).start(() -> bringing.accept(queue));
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
