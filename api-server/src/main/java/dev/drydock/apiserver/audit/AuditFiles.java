package dev.drydock.apiserver.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Writes events as lines into files.
final class AuditFiles implements AuditSink {
  private static final Logger LOG = Logger.getLogger(AuditFiles.class.getName());
  private static final int QUEUE = 10_000;

  private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong lost = new AtomicLong();
  private final AuditFile file;
  private @Nullable Thread writer;

  AuditFiles(AuditFile.Settings settings, InstantSource clock) {
    try {
      file = new AuditFile(settings, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the audit log " + settings.path(), e);
    }
  }

  @Override
  public void take(String event) {
    if (!queue.offer(event) && lost.getAndIncrement() == 0) {
      LOG.warning("the audit log can't keep up: events are lost");
    }
  }

  @Override
  public void start() {
    writer = Thread.ofVirtual().name("audit-log").start(this::writeAll);
  }

  @Override
  public void close() {
    Thread running = writer;
    if (running != null) {
      running.interrupt();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void writeAll() {
    try (file) {
      try {
        while (true) {
          file.line(queue.take());
          if (queue.isEmpty()) {
            file.flush();
          }
        }
      } catch (InterruptedException stopped) {
        for (String event = queue.poll(); event != null; event = queue.poll()) {
          file.line(event);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.SEVERE, "the audit log ended", e);
    }
  }
}
