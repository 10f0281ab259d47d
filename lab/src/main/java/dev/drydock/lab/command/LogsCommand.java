package dev.drydock.lab.command;

import dev.drydock.lab.compose.ComposeLab;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.topology.Topology;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows the interaction log of the components, merged.
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows what the components did, one line a step, merged in order of time.")
final class LogsCommand implements Callable<Integer> {
  @Mixin private final LabOptions options = new LabOptions();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as new lines come.")
  private boolean follow;

  @Option(
      names = "--tail",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Only the last N lines of what is there (default: all).")
  private int tail = -1;

  @Option(names = "--etcd", description = "Also etcd's own log.")
  private boolean etcd;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMPONENT",
      description = "Only of these (default: all but etcd).")
  private List<String> names = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (options.isCompose()) {
      return options
          .composeLab()
          .logs(
              new ComposeLab.Logs(
                  names,
                  tail < 0 ? OptionalInt.empty() : OptionalInt.of(tail),
                  follow ? ComposeLab.Follow.ON : ComposeLab.Follow.OFF));
    }
    LabHome home = options.home();
    Topology topology = home.requireTopology();
    List<Component> components =
        names.isEmpty()
            ? topology.components().stream()
                .filter(component -> etcd || component.role() != Role.ETCD)
                .toList()
            : names.stream().map(topology::component).toList();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var logs = new LogFollower(home, components);
    logs.print(out, tail);
    if (follow) {
      logs.follow(out);
    }
    return 0;
  }
}
