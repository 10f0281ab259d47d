package dev.drydock.bench;

import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.lab.process.LabException;
import dev.drydock.lab.topology.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures a lab and says what came out, as a table and as JSON.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures start-up, memory, the api-server and pods per second.")
public final class Bench implements Callable<Integer> {

  /// Parts that can be run alone.
  enum Part {
    STARTUP,
    API,
    SERVER,
    PODS
  }

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "Only these of ${COMPLETION-CANDIDATES} (default: all).")
  private List<Part> parts = new ArrayList<>();

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there.")
  private @Nullable Path json;

  @Option(
      names = "--against",
      paramLabel = "KUBECONFIG",
      description = "Do each step of API on this api-server too, whose figures bear its name.")
  private List<Path> against = new ArrayList<>();

  private Bench() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Bench::explain)
            .execute(args));
  }

  private static int explain(
      Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed)
      throws Exception {
    if (exception instanceof LabException
        || exception instanceof IOException
        || exception instanceof Kubeconfig.UnusableException) {
      commandLine.getErr().println("drydock bench: " + exception.getMessage());
      return 1;
    }
    throw exception;
  }

  /// How long the api-server rests before its memory is taken.
  private static final Duration REST = Duration.ofSeconds(15);

  @Override
  public Integer call() throws Exception {
    var report = new Report(System.out);
    if (wants(Part.STARTUP)) {
      new StartupBench(report).run();
    }
    if (wants(Part.API)) {
      try (var lab = new BenchLab(0)) {
        lab.leaveApiServerAlone();
        new ApiBench(servers(lab), report).run();
        Thread.sleep(REST);
        report.add("api", "memory of the api-server (PSS)", lab.megabytes(Role.API_SERVER), "MB");
      }
    }
    if (wants(Part.SERVER)) {
      new ServerBench(report).run();
    }
    if (wants(Part.PODS)) {
      new PodsBench(report).run();
    }
    if (json != null) {
      Files.writeString(json, report.json());
    }
    return 0;
  }

  private List<Server> servers(BenchLab lab) throws Exception {
    List<Server> servers = new ArrayList<>();
    servers.add(lab.server());
    for (Path other : against) {
      servers.add(new Server(other.getFileName().toString(), Kubeconfig.read(other)));
    }
    return servers;
  }

  private boolean wants(Part part) {
    return parts.isEmpty() || parts.contains(part);
  }
}
