package dev.drydock.apiserver.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Writes events as lines into files.
final class AuditFiles implements AuditSink {
  private static final Logger LOG = Logger.getLogger(AuditFiles.class.getName());
  private static final int QUEUE = 10_000;

  private final AuditQueue queue = new AuditQueue("log", QUEUE, this::writeAll);
  private final AuditFile file;

  AuditFiles(AuditFile.Settings settings, InstantSource clock) {
    try {
      file = new AuditFile(settings, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the audit log " + settings.path(), e);
    }
  }

  @Override
  public void take(String event) {
    queue.take(event);
  }

  @Override
  public void start() {
    queue.start();
  }

  @Override
  public void close() {
    queue.close();
  }

  private void writeAll(BlockingQueue<String> queue) {
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
