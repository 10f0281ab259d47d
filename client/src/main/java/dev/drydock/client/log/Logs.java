package dev.drydock.client.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Sets up the logging of a process: everything goes to standard output, one line each.
public final class Logs {
  /// Held here, since java.util.logging forgets the levels of loggers that nobody holds.
  private static final Logger OURS = Logger.getLogger("dev.drydock");

  private Logs() {}

  /// Called once, by the process's `Main`.
  ///
  /// @param component shown on each line
  /// @param verbosity as Kubernetes' `--v`: from 4 on, debugging
  /// @return the interaction log, which writes to the same place
  public static InteractionLog install(
      String component, LogFormat format, int verbosity, InstantSource clock) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    OURS.setLevel(verbosity >= 6 ? Level.FINEST : verbosity >= 4 ? Level.FINE : Level.INFO);
    var lines = new Lines(component, format);
    root.addHandler(new LineHandler(lines, System.out));
    return step -> write(System.out, lines.step(clock.instant(), step));
  }

  private static void write(PrintStream out, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  private static final class LineHandler extends Handler {
    private final PrintStream out;

    LineHandler(Lines lines, PrintStream out) {
      this.out = out;
      setFormatter(
          new Formatter() {
            @Override
            public String format(LogRecord logged) {
              return lines.logged(logged, formatMessage(logged));
            }
          });
    }

    @Override
    public void publish(LogRecord logged) {
      if (!isLoggable(logged)) {
        return;
      }
      try {
        write(out, getFormatter().format(logged));
      } catch (RuntimeException failure) {
        reportError("a log line is lost", failure, ErrorManager.WRITE_FAILURE);
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {}
  }

  static Instant timeOf(LogRecord logged) {
    return logged.getInstant();
  }
}
