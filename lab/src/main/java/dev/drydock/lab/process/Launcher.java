package dev.drydock.lab.process;

import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts components as host processes, each in a session of its own so that it outlives the
/// launcher, and finds them again by pid and start time.
final class Launcher {
  private final LabHome home;
  private final Installation installation;

  Launcher(LabHome home, Installation installation) {
    this.home = home;
    this.installation = installation;
  }

  /// @throws LabException when the program can't be started at all
  RunningProcess start(Component component, Topology topology) {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(
        BatchProcess.command(
            program(component.role(), new Arguments(home, topology).of(component))));
    Path log = home.log(component);
    try {
      Files.createDirectories(log.getParent());
      Files.createDirectories(home.pidFile(component).getParent());
      var builder =
          new ProcessBuilder(command)
              .directory(home.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      environment(component.role()).forEach(builder.environment()::putIfAbsent);
      Process process = builder.start();
      remember(component, process.toHandle());
      return new RunningProcess(process.toHandle());
    } catch (IOException e) {
      throw new LabException("can't start " + component.name() + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> environment(Role role) {
    return role == Role.ETCD
        ? EtcdEnvironment.of(Runtime.getRuntime().availableProcessors())
        : Map.of();
  }

  /// The component's process, if it is there.
  Optional<RunningProcess> find(Component component) {
    Path file = home.pidFile(component);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      String[] parts = Files.readString(file).trim().split(" ");
      long pid = Long.parseLong(parts[0]);
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(handle -> identity(handle).equals(String.join(" ", parts)))
          .map(RunningProcess::new);
    } catch (IOException | RuntimeException e) {
      throw new LabException(
          "can't read " + file + ": delete it if no such process runs (" + e.getMessage() + ")", e);
    }
  }

  void forget(Component component) {
    try {
      Files.deleteIfExists(home.pidFile(component));
    } catch (IOException e) {
      throw new LabException("can't delete " + home.pidFile(component), e);
    }
  }

  private void remember(Component component, ProcessHandle handle) throws IOException {
    Files.writeString(home.pidFile(component), identity(handle));
  }

  private static String identity(ProcessHandle handle) {
    return handle.pid()
        + " "
        + handle.info().startInstant().map(start -> Long.toString(start.toEpochMilli())).orElse("");
  }

  private List<String> program(Role role, List<String> flags) {
    if (role == Role.ETCD) {
      Path etcd =
          Installation.onPath("etcd")
              .orElseThrow(
                  () ->
                      new LabException(
                          "etcd is not on the PATH: install it (Debian, Ubuntu: apt-get install"
                              + " etcd-server)"));
      return Stream.concat(Stream.of(etcd.toString()), flags.stream()).toList();
    }
    return installation.command(role, flags);
  }
}
