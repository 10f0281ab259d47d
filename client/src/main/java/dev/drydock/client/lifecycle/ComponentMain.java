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

/// Runs a component as a process: flags, logging, start, a clean stop on SIGTERM. A component that
/// gives up, as after losing an election, is closed and begun anew, as Kubernetes' supervisors do
/// with the processes that exit then.
///
/// Exit codes: 0 after a clean stop, 1 when it could not start, 2 for bad flags; the last two with
/// one line on standard error.
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
    var running = new AtomicReference<Component>(ComponentGroup.of());
    Thread stop = stopOnSignal(running);
    try (var timers = new SystemTimers(flags.timeScale())) {
      while (true) {
        String reason = runOnce(command, timers, log, running);
        LOG.warn("starting over: {}", reason);
      }
    } catch (BadFlagException bad) {
      throw bad;
    } catch (InterruptedException _) {
      return 0;
    } catch (RuntimeException cannot) {
      LOG.debug("cannot run", cannot);
      return complain(System.err, name, cannot, CANNOT_RUN);
    } finally {
      forget(stop);
    }
  }

  /// Runs one component until it gives up.
  ///
  /// @return why it did
  private static String runOnce(
      ComponentCommand command,
      SystemTimers timers,
      InteractionLog log,
      AtomicReference<Component> running)
      throws InterruptedException {
    var end = new CountDownLatch(1);
    var failure = new AtomicReference<>("");
    Component component =
        command.build(
            new Surroundings(
                InstantSource.system(),
                timers,
                new SplittableRandom(new SecureRandom().nextLong()),
                log,
                reason -> {
                  failure.compareAndSet("", reason);
                  end.countDown();
                }));
    running.set(component);
    try {
      component.start();
      end.await();
    } finally {
      component.close();
    }
    return failure.get();
  }

  /// SIGTERM and SIGINT: closes the component, then ends with code 0 rather than the JVM's 143.
  private static Thread stopOnSignal(AtomicReference<Component> running) {
    Thread stop =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(
                () -> {
                  running.get().close();
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
