package dev.drydock.apiserver.audit;

import dev.drydock.apiserver.audit.AuditPolicy.Stage;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.client.lifecycle.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Writes what the policy wants. A disk that can't keep up costs events, which are counted, and
/// never requests.
///
/// As a filter it stands before identity, so that it hears of those too who prove nothing; what
/// depends on the user begins in [#start(Call)], which [#begin] offers as a filter of its own.
public final class AuditLog implements Filter, Component {
  private static final Logger LOG = Logger.getLogger(AuditLog.class.getName());
  private static final int QUEUE = 10_000;

  private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong lost = new AtomicLong();
  private final AuditPolicy policy;
  private final AuditFile file;
  private final InstantSource clock;
  private @Nullable Thread writer;

  /// Where it goes, and how much of it is kept.
  ///
  /// @param path `-`: standard output
  /// @param mostMegabytes of one file; 0: 100
  /// @param mostBackups old files; 0: all
  /// @param mostDays their age; 0: any
  public record Settings(
      AuditPolicy policy, Path path, int mostMegabytes, int mostBackups, int mostDays) {}

  public AuditLog(Settings settings, InstantSource clock) {
    this.policy = settings.policy();
    this.clock = clock;
    try {
      file =
          new AuditFile(
              new AuditFile.Settings(
                  settings.path(),
                  settings.mostMegabytes(),
                  settings.mostBackups(),
                  settings.mostDays()),
              clock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the audit log " + settings.path(), e);
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

  /// The filter behind identity.
  public Filter begin() {
    return new Filter() {
      @Override
      public void before(Call call) {
        start(call);
      }
    };
  }

  private AuditRecord start(Call call) {
    var record =
        new AuditRecord(
            policy.of(call.authenticated(), call.subject()),
            (it, stage) -> emit(call, it, stage, null));
    call.notes(record);
    emit(call, record, Stage.REQUEST_RECEIVED, null);
    return record;
  }

  @Override
  public void after(Call call, Outcome outcome) {
    AuditRecord record = call.notes() instanceof AuditRecord known ? known : start(call);
    emit(call, record, Stage.RESPONSE_COMPLETE, outcome);
  }

  private void emit(Call call, AuditRecord record, Stage stage, @Nullable Outcome outcome) {
    if (record.wants(stage)
        && !queue.offer(AuditEvent.of(call, record, stage, outcome, clock.instant()))
        && lost.getAndIncrement() == 0) {
      LOG.warning("the audit log can't keep up: events are lost");
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
