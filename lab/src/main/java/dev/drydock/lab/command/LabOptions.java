package dev.drydock.lab.command;

import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabHome;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// What every command that touches a lab has in common.
final class LabOptions {
  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:DRYDOCK_HOME:-.drydock}",
      description = "The folder in which the lab keeps its state (default: ${DEFAULT-VALUE}).")
  private Path home = Path.of(".drydock");

  LabHome home() {
    return new LabHome(home);
  }

  Lab lab() {
    return new Lab(home(), Installation.current(), InstantSource.system());
  }
}
