package dev.drydock.apiserver.audit;

import dev.drydock.apiserver.audit.AuditPolicy.Stage;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes down what the policy wants, in files and at a server outside. Who can't keep up costs
/// events, and never requests.
///
/// As a filter it stands before identity, so that it hears of those too who prove nothing; what
/// depends on the user begins in [#start(Call)], which [#begin] offers as a filter of its own.
public final class AuditLog implements Filter, Component {
  private final AuditPolicy policy;
  private final List<AuditSink> sinks;
  private final InstantSource clock;

  /// Where it goes.
  ///
  /// @param file null: into no file
  /// @param server null: to no server
  public record Settings(AuditPolicy policy, @Nullable Files file, @Nullable Server server) {}

  /// The flags `--audit-log-*`.
  ///
  /// @param path `-`: standard output
  /// @param mostMegabytes of one file; 0: 100
  /// @param mostBackups old files; 0: all
  /// @param mostDays their age; 0: any
  public record Files(Path path, int mostMegabytes, int mostBackups, int mostDays) {}

  /// The flags `--audit-webhook-*`.
  ///
  /// @param kubeconfig where the server is
  /// @param most events in one message
  /// @param longest that a message waits for more events
  /// @param buffer events that may wait
  public record Server(Path kubeconfig, Mode mode, int most, Duration longest, int buffer) {

    /// When an event is sent.
    public enum Mode {
      BATCH,
      /// Before the request that it is about goes on.
      BLOCKING
    }
  }

  public AuditLog(Settings settings, InstantSource clock, Timers timers) {
    this.policy = settings.policy();
    this.clock = clock;
    List<AuditSink> all = new ArrayList<>();
    Files file = settings.file();
    if (file != null) {
      var kept =
          new AuditFile.Settings(
              file.path(), file.mostMegabytes(), file.mostBackups(), file.mostDays());
      all.add(new AuditFiles(kept, clock));
    }
    Server server = settings.server();
    if (server != null) {
      all.add(new AuditServer(server, clock, timers));
    }
    this.sinks = List.copyOf(all);
  }

  @Override
  public void start() {
    sinks.forEach(AuditSink::start);
  }

  @Override
  public void close() {
    sinks.forEach(AuditSink::close);
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
    if (record.wants(stage)) {
      String event = AuditEvent.of(call, record, stage, outcome, clock.instant());
      sinks.forEach(sink -> sink.take(event));
    }
  }
}
