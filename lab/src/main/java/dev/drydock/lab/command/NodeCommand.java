package dev.drydock.lab.command;

import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.RunningProcess;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Topology;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Works on whole machines: a node's kubelet and its kube-proxy together.
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(add | kill | start | pause | resume | remove)",
    description = "Adds, kills, starts, pauses, resumes or removes a node.")
final class NodeCommand {
  @Mixin private final LabOptions options = new LabOptions();

  @Spec private @Nullable CommandSpec spec;

  @Command(mixinStandardHelpOptions = true, description = "Adds a node to the running lab.")
  int add(
      @Parameters(
              arity = "0..1",
              paramLabel = "NAME",
              defaultValue = "",
              description = "Its name (default: node-N).")
          String name) {
    Lab lab = options.lab();
    LabNode node = lab.addNode(name);
    tell(UpCommand.describe(node, lab.home().requireTopology()) + " is starting");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Ends a node as a power failure would: both processes, at once.")
  int kill(@Parameters(paramLabel = "NAME", description = "A node.") String name) {
    onNode(name, RunningProcess::kill);
    tell(name + " is dead; it comes back with: drydock node start " + name);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Starts a node that was killed.")
  int start(@Parameters(paramLabel = "NAME", description = "A node.") String name) {
    Lab lab = options.lab();
    Topology topology = lab.home().requireTopology();
    components(topology, name).forEach(component -> lab.start(component, topology));
    tell(name + " is starting");
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Freezes a node's processes.")
  int pause(@Parameters(paramLabel = "NAME", description = "A node.") String name) {
    onNode(name, RunningProcess::pause);
    tell(name + " is paused; it goes on with: drydock node resume " + name);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lets a paused node go on.")
  int resume(@Parameters(paramLabel = "NAME", description = "A node.") String name) {
    onNode(name, RunningProcess::resume);
    tell(name + " goes on");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Takes a node out of the lab for good, with its Node object.")
  int remove(@Parameters(paramLabel = "NAME", description = "A node.") String name) {
    Lab lab = options.lab();
    lab.removeNode(node(lab.home().requireTopology(), name));
    tell(name + " is removed");
    return 0;
  }

  private void onNode(String name, Consumer<RunningProcess> action) {
    Lab lab = options.lab();
    components(lab.home().requireTopology(), name)
        .forEach(component -> action.accept(lab.require(component)));
  }

  private static List<Component> components(Topology topology, String name) {
    return topology.componentsOf(node(topology, name));
  }

  private static LabNode node(Topology topology, String name) {
    return topology
        .node(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no node is named '"
                        + name
                        + "'; there are "
                        + String.join(
                            ", ", topology.nodes().stream().map(LabNode::name).toList())));
  }

  private void tell(String line) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
