package dev.drydock.client.lifecycle;

import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.log.Logs;
import dev.drydock.client.time.SystemTimers;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Runs a component as a process: flags, logging, start, a clean stop on SIGTERM.
///
/// Exit codes: 0 after a clean stop, 1 when it could not start or had to give up, 2 for bad flags;
/// the last two with one line on standard error.
public final class ComponentMain {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentMain.class);
  private static final int CANNOT_RUN = 1;
  private static final int BAD_FLAGS = 2;

  private ComponentMain() {}

  /// Does not return before the process is to end.
  ///
  /// @param name as in Kubernetes: `kube-scheduler`
  /// @return the exit code
  public static int run(String name, ComponentCommand command, String... arguments) {
    CommandLine line =
        new CommandLine(command).setCommandName(name).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      ParseResult flags = line.parseArgs(arguments);
      if (flags.isUsageHelpRequested()) {
        line.usage(System.out);
        return 0;
      }
      if (flags.isVersionHelpRequested()) {
        line.printVersionHelp(System.out);
        return 0;
      }
      return run(name, command);
    } catch (ParameterException | BadFlagException bad) {
      return complain(System.err, name, bad, BAD_FLAGS);
    }
  }

  private static int run(String name, ComponentCommand command) {
    CommonFlags flags = command.common();
    InteractionLog log =
        Logs.install(name, flags.logFormat(), flags.verbosity(), InstantSource.system());
    var end = new CountDownLatch(1);
    var failure = new AtomicReference<>("");
    try (var timers = new SystemTimers(flags.timeScale())) {
      var surroundings =
          new Surroundings(
              InstantSource.system(),
              timers,
              new SplittableRandom(new SecureRandom().nextLong()),
              log,
              reason -> {
                failure.compareAndSet("", reason);
                end.countDown();
              });
      Component component = command.build(surroundings);
      Thread stop = stopOnSignal(component);
      try {
        component.start();
        end.await();
        component.close();
      } finally {
        forget(stop);
      }
    } catch (BadFlagException bad) {
      throw bad;
    } catch (InterruptedException _) {
      return 0;
    } catch (RuntimeException cannot) {
      LOG.debug("cannot run", cannot);
      return complain(System.err, name, cannot, CANNOT_RUN);
    }
    System.err.println(name + ": " + failure.get());
    return CANNOT_RUN;
  }

  /// SIGTERM and SIGINT: closes the component, then ends with code 0 rather than the JVM's 143.
  private static Thread stopOnSignal(Component component) {
    Thread stop =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(
                () -> {
                  component.close();
                  System.out.flush();
                  Runtime.getRuntime().halt(0);
                });
    Runtime.getRuntime().addShutdownHook(stop);
    return stop;
  }

  /// From here on an exit is our own.
  private static void forget(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException _) {
      LOG.debug("already stopping");
    }
  }

  private static int complain(PrintStream to, String name, RuntimeException what, int code) {
    String message = what.getMessage() == null ? what.toString() : what.getMessage();
    to.println(name + ": " + message.lines().findFirst().orElse(what.toString()));
    return code;
  }
}
