package dev.drydock.kubelet.program.agnhost;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Programs;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Runs the command that its first argument names.
public final class Agnhost implements Program {
  private final Map<String, Program> commands =
      Map.ofEntries(
          Map.entry("pause", Agnhost::pause),
          Map.entry("entrypoint-tester", Agnhost::entrypointTester),
          Map.entry("serve-hostname", WebServers::hostname),
          Map.entry("test-webserver", WebServers::files),
          Map.entry("liveness", WebServers::liveness),
          Map.entry("porter", WebServers::porter),
          Map.entry("netexec", new NetExec()),
          Map.entry("nettest", new NetTest()),
          Map.entry("guestbook", new Guestbook()),
          Map.entry("mounttest", new MountTest()),
          Map.entry("logs-generator", LogsGenerator::run),
          Map.entry("webhook", new AdmissionWebhook()),
          Map.entry("crd-conversion-webhook", new ConversionWebhook()),
          Map.entry("grpc-health-checking", GrpcHealth::run),
          Map.entry("test-service-account-issuer-discovery", new IssuerDiscovery()));

  /// By its names in the image.
  public static final class Family implements Programs.Family {
    @Override
    public Map<String, Program> programs() {
      Program agnhost = new Agnhost();
      return Map.of("agnhost", agnhost, "agnhost-2", agnhost);
    }
  }

  @Override
  public int run(World world) throws IOException, InterruptedException {
    List<String> line = world.arguments();
    String name = line.size() > 1 ? line.get(1) : "pause";
    Program command = commands.get(name);
    if (command == null) {
      world.complain("Error: unknown command \"" + name + "\" for \"app\"");
      return 1;
    }
    return command.run(world);
  }

  private static int pause(World world) throws IOException, InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    int[] code = {2};
    world.onSignal(
        Signal.INT,
        () -> {
          code[0] = 1;
          asked.countDown();
        });
    world.onSignal(Signal.TERM, asked::countDown);
    world.print("Paused");
    asked.await();
    return code[0];
  }

  private static int entrypointTester(World world) throws IOException {
    world.print("[" + String.join(" ", world.arguments()) + "]");
    return 0;
  }
}
