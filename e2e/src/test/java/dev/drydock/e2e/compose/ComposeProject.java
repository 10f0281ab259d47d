package dev.drydock.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The repository's compose lab under a project name, network and ports of its own.
final class ComposeProject {
  static final String NO_DOCKER = "no Docker daemon with Compose v2 answers on this machine";
  static final String NAME = "drydock-test";
  static final String SUBNET = "10.97.213";

  private final Map<String, String> environment;

  private ComposeProject(Map<String, String> environment) {
    this.environment = environment;
  }

  /// @param state where its kubeconfigs go
  static ComposeProject in(Path state) {
    try {
      var environment = new TreeMap<String, String>();
      environment.put("COMPOSE_PROJECT_NAME", NAME);
      environment.put("COMPOSE_FILE", root().resolve("docker-compose.yml").toString());
      environment.put("DRYDOCK_SUBNET", SUBNET);
      environment.put("DRYDOCK_HOME", state.toString());
      environment.put("KUBECONFIG", state.resolve("compose/kubeconfig").toString());
      try (var rest = freePort();
          var grpc = freePort()) {
        environment.put("DRYDOCK_PORT", Integer.toString(rest.getLocalPort()));
        environment.put("DRYDOCK_GRPC_PORT", Integer.toString(grpc.getLocalPort()));
      }
      return new ComposeProject(environment);
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  static Path root() {
    return Path.of(System.getProperty("drydock.root")).toAbsolutePath().normalize();
  }

  /// Whether there is a Docker daemon that answers, with Compose v2.
  static boolean hasDocker() {
    var nothing = new ComposeProject(Map.of());
    return nothing.attempt("docker", "version", "--format", "{{.Server.Version}}").code() == 0
        && nothing.attempt("docker", "compose", "version").code() == 0;
  }

  /// The image of a service, as `docker-compose.yml` and the environment have it.
  static String image(String service) {
    String config = in(root()).compose("config", "--format", "json");
    return JsonMapper.shared()
        .readTree(config)
        .path("services")
        .path(service)
        .path("image")
        .asString();
  }

  /// What a program printed (both streams) and how it ended.
  record Output(int code, String text) {}

  /// Runs `docker compose`, which must succeed.
  ///
  /// @return what it printed
  String compose(String... arguments) {
    return run(command("docker compose", arguments));
  }

  /// Runs kubectl, which must succeed.
  String kubectl(String... arguments) {
    return run(command("kubectl", arguments));
  }

  /// Runs a program, which must succeed.
  String run(String... command) {
    Output output = attempt(command);
    assertThat(output.code()).as("%s:%n%s", String.join(" ", command), output.text()).isZero();
    return output.text();
  }

  /// Runs a program, whatever comes of it; code 127 when there is no such program.
  Output attempt(String... command) {
    Process process;
    try {
      process = start(command);
    } catch (IOException e) {
      return new Output(127, String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new IllegalStateException("can't read from " + command[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Does something to a container and waits for the event that Docker tells of it after.
  ///
  /// @param event as `docker events` names it: `health_status: healthy`
  void awaitEvent(String service, String event, Runnable after) {
    try {
      Process events =
          start(
              "docker",
              "events",
              "--format",
              "{{.Status}}",
              "--filter",
              "type=container",
              "--filter",
              "label=com.docker.compose.project=" + NAME,
              "--filter",
              "label=com.docker.compose.service=" + service);
      try (BufferedReader lines = events.inputReader(StandardCharsets.UTF_8)) {
        after.run();
        String line = lines.readLine();
        while (line != null && !line.equals(event)) {
          line = lines.readLine();
        }
        assertThat(line).as("docker's events of " + service).isEqualTo(event);
      } finally {
        events.destroy();
      }
    } catch (IOException e) {
      throw new IllegalStateException("can't read docker's events", e);
    }
  }

  private Process start(String... command) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String[] command(String program, String... arguments) {
    var words = new ArrayList<>(List.of(program.split(" ")));
    words.addAll(List.of(arguments));
    return words.toArray(String[]::new);
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
