package dev.drydock.lab.compose;

import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The `docker` program of this machine.
final class Docker {
  private final Path program;

  private Docker(Path program) {
    this.program = program;
  }

  /// A program that has Compose, and a daemon that answers.
  ///
  /// @throws LabException which says what is missing and how to get it
  static Docker onThisMachine() {
    Docker docker =
        new Docker(
            Installation.onPath("docker")
                .orElseThrow(
                    () ->
                        new LabException(
                            "docker is not on the PATH: install it (Debian, Ubuntu: apt-get"
                                + " install docker.io)")));
    if (docker.ask(List.of("compose", "version"), Map.of()).code() != 0) {
      throw new LabException(
          "docker has no Compose v2: install its plug-in (Debian 13: apt-get install"
              + " docker-compose; Ubuntu: docker-compose-v2)");
    }
    Answer daemon = docker.ask(List.of("version", "--format", "{{.Server.Version}}"), Map.of());
    if (daemon.code() != 0) {
      throw new LabException(
          "the Docker daemon does not answer: " + daemon.text().strip().replace('\n', ' '));
    }
    return docker;
  }

  /// What a command printed (both streams) and its exit code.
  record Answer(int code, String text) {}

  /// Runs a command and returns what it printed.
  Answer ask(List<String> arguments, Map<String, String> environment) {
    try {
      Process process = command(arguments, environment).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), text);
    } catch (IOException e) {
      throw new LabException("can't run " + program + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while docker was at work", e);
    }
  }

  /// Runs a command on this process' own input and output.
  ///
  /// @return its exit code
  int run(List<String> arguments, Map<String, String> environment) {
    try {
      return command(arguments, environment).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LabException("can't run " + program + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while docker was at work", e);
    }
  }

  private ProcessBuilder command(List<String> arguments, Map<String, String> environment) {
    var words = new ArrayList<String>(List.of(program.toString()));
    words.addAll(arguments);
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    return builder;
  }
}
