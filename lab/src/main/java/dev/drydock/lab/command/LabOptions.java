package dev.drydock.lab.command;

import dev.drydock.lab.compose.ComposeLab;
import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabException;
import dev.drydock.lab.process.LabHome;
import java.nio.file.Files;
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

  @Option(
      names = "--compose",
      scope = ScopeType.INHERIT,
      description = "The lab of containers (docker compose) instead of that of processes.")
  private boolean compose;

  LabHome home() {
    return new LabHome(compose ? home.resolve(ComposeLab.FOLDER) : home);
  }

  /// The folder of a lab that has been started before.
  ///
  /// @throws LabException when there is none
  LabHome requireHome() {
    LabHome there = home();
    if (!compose) {
      there.requireTopology();
    } else if (!Files.exists(there.kubeconfig())) {
      throw new LabException(
          "there is no compose lab in " + there.root() + ": start one with drydock up --compose");
    }
    return there;
  }

  /// @throws LabException when it is the lab of containers that is meant
  Lab lab() {
    if (compose) {
      throw new LabException(
          "this works on processes only; for containers there is docker compose kill, pause,"
              + " unpause and start, with the service's name");
    }
    return new Lab(home(), Installation.current(), InstantSource.system());
  }

  boolean isCompose() {
    return compose;
  }

  /// @throws LabException when Docker or Compose is missing
  ComposeLab composeLab() {
    Path dist = Installation.current().dist().toAbsolutePath().normalize();
    // DIST is CHECKOUT/dist/target/drydock.
    return ComposeLab.on(dist.resolve("../../..").normalize(), home());
  }
}
