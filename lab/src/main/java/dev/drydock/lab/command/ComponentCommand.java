package dev.drydock.lab.command;

import dev.drydock.lab.process.Lab;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Topology;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Works on single processes: `etcd`, `api-server`, `kubelet-node-1`, …
@Command(
    name = "component",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(kill | pause | resume | restart)",
    description = "Kills, pauses, resumes or restarts one process of the lab.")
final class ComponentCommand {
  @Mixin private final LabOptions options = new LabOptions();

  @Spec private @Nullable CommandSpec spec;

  @Command(mixinStandardHelpOptions = true, description = "Ends a process at once (SIGKILL).")
  int kill(@Parameters(paramLabel = "NAME", description = "A component.") String name) {
    Lab lab = options.lab();
    lab.require(lab.home().requireTopology().component(name)).kill();
    tell(name + " is dead; it comes back with: drydock component restart " + name);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Freezes a process (SIGSTOP).")
  int pause(@Parameters(paramLabel = "NAME", description = "A component.") String name) {
    Lab lab = options.lab();
    lab.require(lab.home().requireTopology().component(name)).pause();
    tell(name + " is paused; it goes on with: drydock component resume " + name);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lets a paused process go on.")
  int resume(@Parameters(paramLabel = "NAME", description = "A component.") String name) {
    Lab lab = options.lab();
    lab.require(lab.home().requireTopology().component(name)).resume();
    tell(name + " goes on");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Stops a process cleanly if it runs, and starts it.")
  int restart(@Parameters(paramLabel = "NAME", description = "A component.") String name) {
    Lab lab = options.lab();
    Topology topology = lab.home().requireTopology();
    Component component = topology.component(name);
    lab.stop(List.of(component));
    long pid = lab.start(component, topology).pid();
    tell(name + " is starting (pid " + pid + ")");
    return 0;
  }

  private void tell(String line) {
    Objects.requireNonNull(spec).commandLine().getOut().println(line);
  }
}
