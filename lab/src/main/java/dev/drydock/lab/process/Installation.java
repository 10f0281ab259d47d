package dev.drydock.lab.process;

import dev.drydock.lab.topology.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the programs are that a lab runs.
///
/// @param java the `java` binary
/// @param dist the folder that a build makes: jars, JVM options, the AOT cache
public record Installation(Path java, Path dist) {

  /// The installation that this very process runs from.
  ///
  /// @throws LabException when it was not started by the script
  public static Installation current() {
    String folder = System.getProperty("drydock.dist");
    if (folder == null) {
      throw new LabException("start me with the script ./drydock (-Ddrydock.dist is not set)");
    }
    return new Installation(
        Path.of(System.getProperty("java.home"), "bin", "java"), Path.of(folder));
  }

  /// The command that runs a component. The JVM's flags stand in files, so that `ps` shows the
  /// component's own at a glance.
  public List<String> command(Role role, List<String> flags) {
    return command(role.title(), role, flags);
  }

  /// The same with other flags for the JVM.
  ///
  /// @param options name of a file of JVM flags in the build, without its ending
  public List<String> command(String options, Role role, List<String> flags) {
    return Stream.concat(
            Stream.of(
                java.toString(),
                "@" + options(options),
                "@" + options("class-path"),
                role.mainClass()),
            flags.stream())
        .toList();
  }

  private Path options(String name) {
    return dist.resolve("jvm").resolve(name + ".options");
  }

  /// The program on the PATH.
  public static Optional<Path> onPath(String program) {
    String path = System.getenv("PATH");
    if (path == null) {
      return Optional.empty();
    }
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
