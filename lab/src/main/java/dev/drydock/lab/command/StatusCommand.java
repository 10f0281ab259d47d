package dev.drydock.lab.command;

import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.RunningProcess;
import dev.drydock.lab.topology.Component;
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
import picocli.CommandLine.Spec;

/// Shows the processes of a lab.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows each process of the lab: state, pid, address, memory, age.")
final class StatusCommand implements Callable<Integer> {
  private static final String ROW = "%-24s %-8s %8s  %-12s %8s %8s%n";

  @Mixin private final LabOptions options = new LabOptions();

  @Spec private @Nullable CommandSpec spec;

  /// Exit code 0 when all run, 1 when any does not.
  @Override
  public Integer call() {
    if (options.isCompose()) {
      return options.composeLab().status();
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Lab lab = options.lab();
    Topology topology = lab.home().requireTopology();
    Instant now = InstantSource.system().instant();
    out.printf(ROW, "COMPONENT", "STATE", "PID", "ADDRESS", "MEMORY", "AGE");
    int down = 0;
    long kilobytes = 0;
    for (Component component : topology.components()) {
      Optional<RunningProcess> process = lab.find(component);
      String address =
          component.onNode().map(topology::address).orElse(topology.block().controlPlane());
      if (process.isEmpty()) {
        down++;
        out.printf(ROW, component.name(), "down", "", address, "", "");
        continue;
      }
      RunningProcess running = process.orElseThrow();
      kilobytes += running.proportionalKilobytes();
      out.printf(
          ROW,
          component.name(),
          running.isPaused() ? "paused" : "running",
          running.pid(),
          address,
          megabytes(running.proportionalKilobytes()),
          age(Duration.between(running.started(), now)));
    }
    out.println("Memory together (PSS): " + megabytes(kilobytes));
    return down == 0 ? 0 : 1;
  }

  private static String megabytes(long kilobytes) {
    return String.format(Locale.ROOT, "%.1f MB", kilobytes / 1024.0);
  }

  private static String age(Duration age) {
    if (age.toMinutes() < 2) {
      return age.toSeconds() + "s";
    }
    return age.toHours() < 2 ? age.toMinutes() + "m" : age.toHours() + "h";
  }
}
