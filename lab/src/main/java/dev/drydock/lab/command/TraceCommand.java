package dev.drydock.lab.command;

import dev.drydock.lab.ledger.LedgerReader;
import dev.drydock.lab.process.LabException;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.trace.Step;
import dev.drydock.lab.trace.Subject;
import dev.drydock.lab.trace.TraceText;
import dev.drydock.lab.trace.TraceTree;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what came of what a user did to an object.
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description =
        "Shows everything that followed from the last thing done to an object, as a tree of cause"
            + " and effect across all components.")
final class TraceCommand implements Callable<Integer> {
  @Mixin private final LabOptions options = new LabOptions();

  @Parameters(paramLabel = "KIND/NAME", description = "An object, for example deployment/web.")
  private String object = "";

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      description = "Its namespace (default: ${DEFAULT-VALUE}).")
  private String namespace = "default";

  @Option(names = "--all", description = "Everything done to it, not only the last.")
  private boolean all;

  @Option(names = "--events", description = "Also the writing of Event objects.")
  private boolean events;

  @Option(
      names = "--alike",
      paramLabel = "N",
      defaultValue = "10",
      description = "Of steps that are alike show only N (default: ${DEFAULT-VALUE}).")
  private int alike = 10;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    LabHome home = options.requireHome();
    Subject subject = Subject.parse(object, namespace);
    Predicate<Step> shown = step -> events || !step.about().resource().equals("events");
    List<Step> ledger = read(home).stream().filter(shown).toList();
    List<TraceTree> roots =
        TraceTree.roots(
            ledger, subject.matches().and(step -> !step.verb().equals("get") && !step.failed()));
    if (roots.isEmpty()) {
      throw new LabException(
          "the ledger knows of nothing that was done to "
              + subject.resource()
              + "/"
              + subject.name()
              + " in namespace "
              + namespace
              + " (it keeps the last writes only, and forgets when the api-server restarts)");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var text = new TraceText(ZoneId.systemDefault(), alike);
    for (TraceTree root : all ? roots : List.of(roots.getLast())) {
      out.println(text.of(root));
    }
    return 0;
  }

  private static List<Step> read(LabHome home) {
    try {
      return LedgerReader.read(home.kubeconfig("drydock"));
    } catch (StatusRuntimeException e) {
      throw new LabException(
          "the api-server does not answer: " + e.getStatus().getDescription(), e);
    }
  }
}
