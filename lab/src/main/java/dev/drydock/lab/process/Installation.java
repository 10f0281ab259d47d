package dev.drydock.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the programs are that a lab runs.
///
/// @param java the `java` binary
/// @param jars the one class path of all components, in its fixed order
/// @param aotCache the JDK's ahead-of-time cache over that class path; may not exist
public record Installation(Path java, List<Path> jars, Path aotCache) {
  public Installation {
    jars = List.copyOf(jars);
  }

  /// The installation that this very process runs from: the folder of jars beside the AOT cache.
  ///
  /// @throws LabException when the folder is not there
  public static Installation current() {
    String folder = System.getProperty("drydock.dist");
    if (folder == null) {
      throw new LabException("start me with the script ./drydock (-Ddrydock.dist is not set)");
    }
    Path dist = Path.of(folder);
    try (Stream<Path> files = Files.list(dist.resolve("lib"))) {
      return new Installation(
          Path.of(System.getProperty("java.home"), "bin", "java"),
          files.filter(file -> file.toString().endsWith(".jar")).sorted().toList(),
          dist.resolve("drydock.aot"));
    } catch (IOException e) {
      throw new LabException("no jars in " + dist + "/lib: build first (./drydock build)", e);
    }
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
