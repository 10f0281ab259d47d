package dev.drydock.kubelet.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.files.MemoryVolume;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.Surroundings;
import dev.drydock.kubelet.program.Task;
import dev.drydock.kubelet.runtime.ContainerSpec;
import dev.drydock.kubelet.runtime.ContainerUsage;
import dev.drydock.kubelet.runtime.Exit;
import dev.drydock.kubelet.runtime.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run of a container.
final class SimulatedContainer {
  private static final int MESSAGE_BYTES = 4096;
  private static final int LOG_MESSAGE_BYTES = 2048;
  private static final int LOG_MESSAGE_LINES = 80;

  /// What a process of ours is taken to need: it sleeps most of the time.
  private static final long MEMORY_OF_PROCESS = 2 * 1024 * 1024;

  private static final int SHARE_OF_CORE = 1000;

  private final ContainerSpec spec;
  private final MemoryVolume ownFiles;
  private final Surroundings surroundings;
  private final ProcessTable processes;
  private final LogBuffer log;
  private final OutputStream out;
  private final OutputStream err;
  private final ContainerConsole console;
  private final Instant startedAt;

  @GuardedBy("this")
  private Timers.@Nullable Cancellable killer;

  /// @param ownFiles what it writes beside its volumes
  SimulatedContainer(
      ContainerSpec spec, Surroundings surroundings, MemoryVolume ownFiles, Consumer<Exit> onExit) {
    this.spec = spec;
    this.ownFiles = ownFiles;
    this.surroundings = surroundings;
    this.log = new LogBuffer(surroundings.clock());
    this.out = log.writer();
    this.err = log.writer();
    this.console = new ContainerConsole(spec.console(), out, err);
    this.startedAt = surroundings.clock().instant();
    this.processes = new ProcessTable(surroundings, code -> onExit.accept(ended(code)));
  }

  void start(Program program) {
    Task first =
        processes.spawn(
            new ProcessTable.Launch(
                program,
                spec.command().line(),
                spec.command().environment(),
                spec.command().directory(),
                console.streams()),
            0);
    ContainerConsole.control(console.streams(), processes, first);
  }

  Session attach(Streams streams) {
    return console.attach(streams);
  }

  int exec(Program program, List<String> command, Streams streams) throws InterruptedException {
    Task task =
        processes.spawn(
            new ProcessTable.Launch(
                program,
                command,
                spec.command().environment(),
                spec.command().directory(),
                streams),
            0);
    ContainerConsole.control(streams, processes, task);
    try {
      return task.await();
    } catch (InterruptedException e) {
      task.signal(Signal.KILL);
      throw e;
    }
  }

  void stop(Duration grace) {
    Optional<Task> first = processes.find(1);
    if (first.isEmpty()) {
      return;
    }
    Timers.Cancellable timer =
        surroundings.timers().after(grace, () -> first.get().signal(Signal.KILL));
    synchronized (this) {
      if (killer != null) {
        killer.cancel();
      }
      killer = timer;
    }
    spec.ending().signal().ifPresent(first.get()::signal);
  }

  void crash(int code) {
    processes.find(1).ifPresent(task -> task.end(code));
  }

  LogBuffer log() {
    return log;
  }

  FileSystem files() {
    return surroundings.files();
  }

  boolean isRunning() {
    return processes.find(1).isPresent();
  }

  /// Programs run on threads of this JVM, so what they take is reckoned, not measured: a thousandth
  /// of a core, and memory for each process and for what it wrote.
  ContainerUsage usage() {
    int count = processes.list().size();
    long age = Duration.between(startedAt, surroundings.clock().instant()).toNanos();
    long written = ownFiles.used();
    long logged = log.size();
    return new ContainerUsage(
        startedAt,
        count,
        Duration.ofSeconds(1).toNanos() / SHARE_OF_CORE,
        Math.max(0, age) / SHARE_OF_CORE,
        count * MEMORY_OF_PROCESS + written + logged,
        written,
        logged);
  }

  private Exit ended(int code) {
    synchronized (this) {
      if (killer != null) {
        killer.cancel();
      }
    }
    closeLog();
    console.end(code);
    return new Exit(code, startedAt, surroundings.clock().instant(), lastWords(code));
  }

  private void closeLog() {
    try {
      out.close();
      err.close();
    } catch (IOException e) {
      throw new IllegalStateException("a log in memory does not fail", e);
    }
    log.finish();
  }

  private String lastWords(int code) {
    try {
      byte[] file = surroundings.files().read(spec.ending().messagePath());
      if (file.length > 0) {
        return new String(file, 0, Math.min(file.length, MESSAGE_BYTES), UTF_8);
      }
    } catch (IOException e) {
      // No file, no message: the usual case.
    }
    boolean fallback =
        spec.ending().policy() == ContainerSpec.MessagePolicy.FALLBACK_TO_LOGS_ON_ERROR;
    return fallback && code != 0 ? log.tail(LOG_MESSAGE_BYTES, LOG_MESSAGE_LINES) : "";
  }
}
