package dev.drydock.kubelet.runtime;

import dev.drydock.kubelet.program.Streams;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Runs containers. It knows nothing of pods, probes or restarts. Safe for many threads.
///
/// Methods that name a container throw [NoSuchElementException] when it was never started or has
/// been removed, unless they say otherwise.
public interface ContainerRuntime {

  /// Starts a container.
  ///
  /// @param onExit told once, on the runtime's thread, when the container has ended
  ContainerId start(ContainerSpec spec, Consumer<Exit> onExit) throws StartFailure;

  /// Asks the container to stop (`TERM`), and kills it after the grace period. Returns at once;
  /// does nothing when it has ended. Asking again can only shorten the time.
  void stop(ContainerId id, Duration grace);

  /// Ends the container at once with this exit code, as a crash would.
  void crash(ContainerId id, int exitCode);

  /// Runs another process in a running container and waits for its end. `NoSuchElementException`
  /// also when the container has ended.
  ///
  /// @return its exit code
  int exec(ContainerId id, List<String> command, Streams streams)
      throws StartFailure, InterruptedException;

  /// Sits down at the streams of a running container's first process. Each byte that it prints
  /// from now on comes to all who have attached. `NoSuchElementException` also when it has ended.
  ///
  /// @param streams takes what it prints; the input is not used
  Session attach(ContainerId id, Streams streams);

  /// Its log, until it is removed.
  ContainerLog log(ContainerId id);

  /// Forgets an ended container; does nothing when there is none.
  void remove(ContainerId id);
}
