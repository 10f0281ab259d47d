package dev.drydock.lab.command;

import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.topology.AddressBlock;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Topology;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts a lab, or what is missing of one, and ends when it is ready.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the lab and waits until all nodes are Ready.")
final class UpCommand implements Callable<Integer> {
  private static final int DEFAULT_NODES = 3;

  @Mixin private final LabOptions options = new LabOptions();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes (default: 3, or as many as the lab had).")
  private @Nullable Integer nodes;

  @Option(
      names = "--time-scale",
      paramLabel = "FACTOR",
      description =
          "Divides every duration of Kubernetes; 10 makes 40 s of grace 4 s (default: 1).")
  private @Nullable Double timeScale;

  @Option(
      names = "--address-block",
      paramLabel = "N",
      description = "Use the addresses 127.N.0.0/16 (default: the first free one from 7 on).")
  private @Nullable Integer addressBlock;

  @Option(
      names = "--foreground",
      description = "Stay, show the components' logs, and stop the lab on Ctrl-C.")
  private boolean foreground;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Give up after so long (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 120;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (options.isCompose()) {
      return upCompose(out);
    }
    Lab lab = options.lab();
    LabHome home = lab.home();
    Optional<Topology> before = home.topology();
    Topology topology = topology(before);
    Instant begin = InstantSource.system().instant();
    out.println((before.isPresent() ? "Starting the lab in " : "Making a lab in ") + home.root());
    out.flush();
    lab.up(
        topology,
        (what, where, state, since) -> {
          out.printf(
              Locale.ROOT,
              "  %-20s %-27s %-9s %5.1f s%n",
              what,
              where,
              state,
              since.toMillis() / 1000.0);
          out.flush();
        },
        Duration.ofSeconds(timeoutSeconds));
    tellReady(out, home, secondsSince(begin));
    if (foreground) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> lab.down(topology), "down"));
      new LogFollower(home, topology.components()).follow(out);
    }
    return 0;
  }

  private int upCompose(PrintWriter out) {
    if (nodes != null || timeScale != null || addressBlock != null || foreground) {
      throw new IllegalArgumentException(
          "with --compose there is no --nodes, --time-scale, --address-block and --foreground: the"
              + " lab is what docker-compose.yml says");
    }
    Instant begin = InstantSource.system().instant();
    options.composeLab().up();
    tellReady(out, options.home(), secondsSince(begin));
    return 0;
  }

  private static double secondsSince(Instant begin) {
    return Duration.between(begin, InstantSource.system().instant()).toMillis() / 1000.0;
  }

  private static void tellReady(PrintWriter out, LabHome home, double seconds) {
    out.printf(Locale.ROOT, "Ready in %.1f s. Now:%n", seconds);
    out.println("  export KUBECONFIG=" + home.kubeconfig());
    out.println("  kubectl get nodes -o wide");
    out.flush();
  }

  private Topology topology(Optional<Topology> before) {
    if (before.isEmpty()) {
      AddressBlock block =
          addressBlock != null ? new AddressBlock(addressBlock) : Lab.freeBlock(AddressBlock.FIRST);
      return Topology.of(
          block, nodes != null ? nodes : DEFAULT_NODES, timeScale != null ? timeScale : 1);
    }
    Topology kept = before.orElseThrow();
    if (nodes != null && nodes < kept.nodes().size()) {
      throw new IllegalArgumentException(
          "the lab has "
              + kept.nodes().size()
              + " nodes; take one out with drydock node remove NAME");
    }
    while (nodes != null && kept.nodes().size() < nodes) {
      kept = kept.plusNode("");
    }
    return new Topology(
        addressBlock != null ? new AddressBlock(addressBlock) : kept.block(),
        kept.nodes(),
        timeScale != null ? timeScale : kept.timeScale());
  }

  static String describe(LabNode node, Topology topology) {
    return node.name() + " (" + topology.address(node) + ")";
  }
}
