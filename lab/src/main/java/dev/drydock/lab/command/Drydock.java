package dev.drydock.lab.command;

import dev.drydock.lab.process.LabException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line. Exit codes: 0 done, 1 failed, 2 wrong usage; each failure is told in one line
/// on standard error.
@Command(
    name = "drydock",
    description = "A Kubernetes you can take apart.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      KubectlCommand.class,
      TraceCommand.class,
      NodeCommand.class,
      PodCommand.class,
      ComponentCommand.class,
      CertificatesCommand.class,
      DoctorCommand.class,
      HelpCommand.class,
    })
public final class Drydock {
  private Drydock() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /// Runs one command and returns its exit code.
  public static int run(String... args) {
    var commandLine = new CommandLine(new Drydock());
    // From its first word on, everything is kubectl's.
    Objects.requireNonNull(commandLine.getSubcommands().get("kubectl"))
        .setStopAtPositional(true)
        .setUnmatchedOptionsArePositionalParams(true);
    return commandLine
        .setExecutionExceptionHandler(Drydock::explain)
        .setParameterExceptionHandler(Drydock::explainUsage)
        .execute(args);
  }

  private static int explain(
      Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed)
      throws Exception {
    if (exception instanceof LabException || exception instanceof IllegalArgumentException) {
      commandLine.getErr().println("drydock: " + exception.getMessage());
      return exception instanceof LabException ? 1 : 2;
    }
    throw exception;
  }

  private static int explainUsage(CommandLine.ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    command
        .getErr()
        .println(
            "drydock: "
                + exception.getMessage()
                + " (see: "
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return 2;
  }
}
