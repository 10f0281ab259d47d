package dev.drydock.kubelet.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.files.MemoryVolume;
import dev.drydock.kubelet.image.Image;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Programs;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.Surroundings;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.runtime.ContainerLog;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.runtime.ContainerSpec;
import dev.drydock.kubelet.runtime.ContainerUsage;
import dev.drydock.kubelet.runtime.Exit;
import dev.drydock.kubelet.runtime.Session;
import dev.drydock.kubelet.runtime.StartFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Containers whose programs run on virtual threads of this JVM. An idle one costs a parked thread
/// and its log.
public final class SimulatedRuntime implements ContainerRuntime, ContainerUsage.Meter {
  private final Programs programs;
  private final InstantSource clock;
  private final Timers timers;
  private final RandomGenerator random;
  private final Program plain;
  private final Map<ContainerId, SimulatedContainer> containers = new ConcurrentHashMap<>();

  /// @param random for container ids
  /// @param plain runs where an image lets any command pass
  public SimulatedRuntime(
      Programs programs,
      InstantSource clock,
      Timers timers,
      RandomGenerator random,
      Program plain) {
    this.programs = programs;
    this.clock = clock;
    this.timers = timers;
    this.random = random;
    this.plain = plain;
  }

  @Override
  public ContainerId start(ContainerSpec spec, Consumer<Exit> onExit) throws StartFailure {
    MemoryVolume own = new MemoryVolume(spec.image().files(), clock);
    FileSystem files = new FileSystem(own, spec.files().root(), spec.files().mounts());
    Program program = program(spec.image(), files, spec.command().line());
    Surroundings surroundings =
        new Surroundings(
            spec.identity(), spec.command().user(), files, spec.network(), clock, timers, programs);
    ContainerId id = newId();
    SimulatedContainer container = new SimulatedContainer(spec, surroundings, own, onExit);
    containers.put(id, container);
    container.start(program);
    return id;
  }

  @Override
  public void stop(ContainerId id, Duration grace) {
    container(id).stop(grace);
  }

  @Override
  public void crash(ContainerId id, int exitCode) {
    container(id).crash(exitCode);
  }

  @Override
  public int exec(ContainerId id, List<String> command, Streams streams)
      throws StartFailure, InterruptedException {
    SimulatedContainer container = container(id);
    if (!container.isRunning()) {
      throw new NoSuchElementException("container " + id + " does not run");
    }
    Program program =
        programs
            .find(command.getFirst())
            .or(() -> script(container.files(), command.getFirst()))
            .orElseThrow(
                () ->
                    new StartFailure(
                        "failed to exec in container: failed to start exec \""
                            + newId().hex()
                            + "\": OCI runtime exec failed: exec failed: "
                            + notFound(command.getFirst())
                            + ": unknown"));
    return container.exec(program, command, streams);
  }

  @Override
  public Session attach(ContainerId id, Streams streams) {
    SimulatedContainer container = container(id);
    if (!container.isRunning()) {
      throw new NoSuchElementException("container " + id + " does not run");
    }
    return container.attach(streams);
  }

  @Override
  public ContainerLog log(ContainerId id) {
    return container(id).log();
  }

  @Override
  public ContainerUsage usage(ContainerId id) {
    SimulatedContainer container = container(id);
    if (!container.isRunning()) {
      throw new NoSuchElementException("container " + id + " does not run");
    }
    return container.usage();
  }

  @Override
  public void remove(ContainerId id) {
    containers.remove(id);
  }

  private SimulatedContainer container(ContainerId id) {
    SimulatedContainer found = containers.get(id);
    if (found == null) {
      throw new NoSuchElementException("no container " + id);
    }
    return found;
  }

  private Program program(Image image, FileSystem files, List<String> line) throws StartFailure {
    String name = line.getFirst();
    var found = programs.find(name).or(() -> script(files, name));
    if (found.isPresent()) {
      return found.get();
    }
    if (image.unknown() == Image.Unknown.SERVES) {
      return plain;
    }
    throw new StartFailure(
        "failed to create containerd task: failed to create shim task: OCI runtime create"
            + " failed: runc create failed: "
            + notFound(name));
  }

  /// A file of the container that can be run: a shell script.
  private Optional<Program> script(FileSystem files, String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    try {
      if (!new String(files.read(FileSystem.normal("/", path)), UTF_8).startsWith("#!")) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return programs
        .find("sh")
        .map(
            shell ->
                world -> {
                  List<String> line = new ArrayList<>(List.of("sh"));
                  line.addAll(world.arguments());
                  return shell.run(
                      world.as(
                          new ProcessTable.Launch(
                              shell,
                              line,
                              world.environment(),
                              world.directory(),
                              world.streams())));
                });
  }

  private static String notFound(String name) {
    String what =
        name.contains("/")
            ? "stat " + name + ": no such file or directory"
            : "executable file not found in $PATH";
    return "unable to start container process: exec: \"" + name + "\": " + what;
  }

  private ContainerId newId() {
    byte[] bytes = new byte[32];
    synchronized (random) {
      random.nextBytes(bytes);
    }
    return new ContainerId(HexFormat.of().formatHex(bytes));
  }
}
