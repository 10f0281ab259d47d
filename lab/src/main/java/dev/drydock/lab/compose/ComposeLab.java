package dev.drydock.lab.compose;

import dev.drydock.lab.process.LabException;
import dev.drydock.lab.process.LabHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The lab of `docker-compose.yml`. Docker keeps its state; on this machine's side there are only a
/// kubeconfig for people and one for the launcher. What the file takes from the environment
/// (`DRYDOCK_SUBNET`, `COMPOSE_PROJECT_NAME`, …) is taken from this process' own.
public final class ComposeLab {
  /// The folder of the compose lab's files below the folder of all state.
  public static final String FOLDER = "compose";

  private static final List<String> SILENT = List.of("certificates", "etcd");

  private final Path checkout;
  private final LabHome home;
  private final Docker docker;

  private ComposeLab(Path checkout, LabHome home, Docker docker) {
    this.checkout = checkout;
    this.home = home;
    this.docker = docker;
  }

  /// @param checkout the folder of `docker-compose.yml`
  /// @param home where the kubeconfigs are: a folder named [#FOLDER]
  /// @throws LabException when Docker or its Compose is missing, or the daemon does not answer
  public static ComposeLab on(Path checkout, LabHome home) {
    if (!Files.exists(checkout.resolve("docker-compose.yml"))) {
      throw new LabException("there is no docker-compose.yml in " + checkout);
    }
    return new ComposeLab(checkout, home, Docker.onThisMachine());
  }

  /// Builds the image if it is out of date, starts every container, and waits until all are
  /// healthy; Compose shows its own progress.
  public void up() {
    try {
      Files.createDirectories(home.root());
    } catch (IOException e) {
      throw new LabException("can't make " + home.root() + ": " + e.getMessage(), e);
    }
    require("up", "--detach", "--build", "--wait");
  }

  /// Removes every container; what is stored stays in Docker's volumes.
  public void down() {
    require("down");
  }

  /// Removes the containers, and with them all that is stored.
  public void forget() {
    require("down", "--volumes");
    try {
      Files.deleteIfExists(home.kubeconfig());
      Files.deleteIfExists(home.kubeconfig("drydock"));
      Files.deleteIfExists(home.root());
    } catch (IOException e) {
      throw new LabException("can't delete " + home.root() + ": " + e.getMessage(), e);
    }
  }

  /// Shows each container.
  ///
  /// @return 0 when all run, 1 when any does not
  public int status() {
    require("ps", "--all");
    List<String> services = services("config", "--services");
    List<String> running = services("ps", "--services", "--status", "running");
    return running.containsAll(services.stream().filter(s -> !s.equals("certificates")).toList())
        ? 0
        : 1;
  }

  /// Which of the components' logs are shown, and how much of them.
  ///
  /// @param services empty: all but etcd
  /// @param tail only so many last lines of each; empty: all
  /// @param follow [Follow#ON]: goes on until the reader goes away
  public record Logs(List<String> services, OptionalInt tail, Follow follow) {
    public Logs {
      services = List.copyOf(services);
    }
  }

  /// Whether to go on as new lines come.
  public enum Follow {
    ON,
    OFF
  }

  /// Shows logs.
  ///
  /// @return the exit code of `docker compose logs`
  public int logs(Logs logs) {
    var arguments = new ArrayList<String>(List.of("logs"));
    if (logs.follow() == Follow.ON) {
      arguments.add("--follow");
    }
    logs.tail().ifPresent(tail -> arguments.add("--tail=" + tail));
    List<String> all = services("config", "--services");
    for (String name : logs.services()) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "no service is named '" + name + "'; there are " + String.join(", ", all));
      }
    }
    arguments.addAll(
        logs.services().isEmpty()
            ? all.stream().filter(service -> !SILENT.contains(service)).toList()
            : logs.services());
    return docker.run(compose(arguments), environment());
  }

  private List<String> services(String... arguments) {
    Docker.Answer answer = docker.ask(compose(List.of(arguments)), environment());
    if (answer.code() != 0) {
      throw new LabException("docker compose: " + answer.text().strip());
    }
    return answer.text().lines().sorted().toList();
  }

  private void require(String... arguments) {
    int code = docker.run(compose(List.of(arguments)), environment());
    if (code != 0) {
      throw new LabException(
          "docker compose " + arguments[0] + " failed (exit code " + code + "), see above");
    }
  }

  private List<String> compose(List<String> arguments) {
    var words =
        new ArrayList<>(
            List.of("compose", "--file", checkout.resolve("docker-compose.yml").toString()));
    words.addAll(arguments);
    return words;
  }

  private Map<String, String> environment() {
    Path state = home.root().getParent();
    return Map.of("DRYDOCK_HOME", (state == null ? home.root() : state).toString());
  }
}
