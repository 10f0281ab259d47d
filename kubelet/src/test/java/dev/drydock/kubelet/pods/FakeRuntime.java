package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.runtime.ContainerLog;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.runtime.ContainerSpec;
import dev.drydock.kubelet.runtime.Exit;
import dev.drydock.kubelet.runtime.Session;
import dev.drydock.kubelet.runtime.StartFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Containers that do nothing but what the test says.
final class FakeRuntime implements ContainerRuntime {
  final List<String> calls = new ArrayList<>();
  final Map<String, Integer> execCodes = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Map<ContainerId, Running> running = new LinkedHashMap<>();
  private int serial;

  private record Running(ContainerSpec spec, Instant startedAt, Consumer<Exit> onExit) {}

  FakeRuntime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ContainerId start(ContainerSpec spec, Consumer<Exit> onExit) throws StartFailure {
    if (spec.command().line().getFirst().equals("missing")) {
      throw new StartFailure("exec: \"missing\": executable file not found in $PATH");
    }
    ContainerId id = new ContainerId(String.format("%064x", ++serial));
    running.put(id, new Running(spec, clock.instant(), onExit));
    calls.add("start " + spec.identity().container());
    return id;
  }

  @Override
  public void stop(ContainerId id, Duration grace) {
    Running one = running.get(id);
    if (one != null) {
      calls.add("stop " + one.spec().identity().container() + " " + grace.toSeconds() + "s");
    }
  }

  @Override
  public void crash(ContainerId id, int exitCode) {
    end(id, exitCode);
  }

  @Override
  public int exec(ContainerId id, List<String> command, Streams streams) {
    calls.add("exec " + String.join(" ", command));
    return execCodes.getOrDefault(String.join(" ", command), 0);
  }

  @Override
  public Session attach(ContainerId id, Streams streams) {
    throw new java.util.NoSuchElementException("nobody can sit here");
  }

  @Override
  public ContainerLog log(ContainerId id) {
    return (_, _) -> {};
  }

  @Override
  public void remove(ContainerId id) {}

  /// Lets the running container of that name end.
  void exit(String container, int code) {
    ContainerId id =
        running.entrySet().stream()
            .filter(entry -> entry.getValue().spec().identity().container().equals(container))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    end(id, code);
  }

  ContainerSpec spec(String container) {
    return running.values().stream()
        .map(Running::spec)
        .filter(spec -> spec.identity().container().equals(container))
        .findFirst()
        .orElseThrow();
  }

  private void end(ContainerId id, int code) {
    Running one = running.remove(id);
    if (one == null) {
      return;
    }
    one.onExit().accept(new Exit(code, one.startedAt(), clock.instant(), ""));
  }
}
