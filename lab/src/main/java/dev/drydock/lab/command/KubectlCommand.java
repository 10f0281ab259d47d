package dev.drydock.lab.command;

import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.LabException;
import dev.drydock.lab.process.LabHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Runs the kubectl that is on the PATH against a lab.
@Command(name = "kubectl", description = "Runs kubectl against the lab: drydock kubectl get pods.")
final class KubectlCommand implements Callable<Integer> {
  @Mixin private final LabOptions options = new LabOptions();

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "What kubectl is told.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    LabHome home = options.requireHome();
    var command = new ArrayList<String>();
    command.add(
        Installation.onPath("kubectl")
            .orElseThrow(
                () ->
                    new LabException(
                        "kubectl is not on the PATH: install it (Debian: apt-get install"
                            + " kubernetes-client)"))
            .toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("KUBECONFIG", home.kubeconfig().toString());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new LabException("can't run kubectl: " + e.getMessage(), e);
    }
  }
}
