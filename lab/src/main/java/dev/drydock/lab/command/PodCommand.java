package dev.drydock.lab.command;

import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabException;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Topology;
import dev.drydock.proto.ContainerTarget;
import dev.drydock.proto.CrashRequest;
import dev.drydock.proto.NodeServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Breaks containers on demand.
@Command(
    name = "pod",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "crash",
    description = "Breaks a pod's container.")
final class PodCommand {
  private static final int PATIENCE_SECONDS = 5;

  @Mixin private final LabOptions options = new LabOptions();

  @Spec private @Nullable CommandSpec spec;

  @Command(
      mixinStandardHelpOptions = true,
      description = "Ends the program of a container at once, as a crash would.")
  int crash(
      @Parameters(paramLabel = "POD", description = "A pod.") String pod,
      @Option(
              names = {"-n", "--namespace"},
              defaultValue = "default",
              description = "Its namespace (default: ${DEFAULT-VALUE}).")
          String namespace,
      @Option(
              names = {"-c", "--container"},
              defaultValue = "",
              description = "Which container (default: the only one).")
          String container,
      @Option(
              names = "--exit-code",
              defaultValue = "1",
              description = "With which code it ends (default: ${DEFAULT-VALUE}).")
          int exitCode) {
    LabHome home = options.lab().home();
    Topology topology = home.requireTopology();
    CrashRequest request =
        CrashRequest.newBuilder()
            .setTarget(
                ContainerTarget.newBuilder()
                    .setNamespace(namespace)
                    .setPod(pod)
                    .setContainer(container))
            .setExitCode(exitCode)
            .build();
    for (LabNode node : topology.nodes()) {
      Optional<String> crashed = crash(home, Lab.kubelet(topology, node), request);
      if (crashed.isPresent()) {
        Objects.requireNonNull(spec)
            .commandLine()
            .getOut()
            .println(
                pod + " on " + node.name() + ": container " + crashed.orElseThrow() + " ended");
        return 0;
      }
    }
    throw new LabException("no running kubelet of the lab has the pod " + namespace + "/" + pod);
  }

  /// Empty when that kubelet is not there or has no such pod.
  private static Optional<String> crash(LabHome home, String address, CrashRequest request) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget("dns:///" + address)
            .sslContext(ApiConnection.sslContext(Kubeconfig.read(home.kubeconfig("drydock"))))
            .directExecutor()
            .build();
    try {
      return Optional.of(
          NodeServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .crash(request)
              .getContainerId());
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      if (code == Status.Code.NOT_FOUND
          || code == Status.Code.UNAVAILABLE
          || code == Status.Code.DEADLINE_EXCEEDED) {
        return Optional.empty();
      }
      throw new LabException(String.valueOf(e.getStatus().getDescription()), e);
    } finally {
      channel.shutdownNow();
    }
  }
}
