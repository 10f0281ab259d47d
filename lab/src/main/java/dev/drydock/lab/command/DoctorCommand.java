package dev.drydock.lab.command;

import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.LabException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Says what this machine has and lacks.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks that this machine has what a lab needs, and says how to get the rest.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /// Exit code 1 when something that a lab can't do without is missing.
  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf("%-10s ok       %s%n", "java", Runtime.version());
    boolean etcd =
        program(out, "etcd", List.of("--version"), "needed: apt-get install etcd-server");
    program(
        out,
        "kubectl",
        List.of("version", "--client"),
        "wanted, to talk to the lab: apt-get install kubernetes-client, or Kubernetes' own");
    program(
        out, "docker", List.of("--version"), "only for up --compose: apt-get install docker.io");
    boolean loopback = loopback(out);
    return etcd && loopback ? 0 : 1;
  }

  private static boolean program(
      PrintWriter out, String name, List<String> arguments, String advice)
      throws InterruptedException {
    Optional<Path> path = Installation.onPath(name);
    if (path.isEmpty()) {
      out.printf("%-10s missing  %s%n", name, advice);
      return false;
    }
    out.printf("%-10s ok       %s%n", name, version(path.orElseThrow(), arguments));
    return true;
  }

  private static String version(Path program, List<String> arguments) throws InterruptedException {
    var command = new ArrayList<String>(List.of(program.toString()));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output.lines().findFirst().orElse("") + " (" + program + ")";
    } catch (IOException e) {
      throw new LabException("can't run " + program + ": " + e.getMessage(), e);
    }
  }

  private static boolean loopback(PrintWriter out) {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.7.0.1"))) {
      out.printf(
          "%-10s ok       %s can be bound%n", "loopback", socket.getInetAddress().getHostAddress());
      return true;
    } catch (IOException e) {
      out.printf(
          "%-10s missing  127.7.0.1 can't be bound (%s): only Linux gives each node an address of"
              + " its own; use up --compose%n",
          "loopback", e.getMessage());
      return false;
    }
  }
}
