package dev.drydock.client.lifecycle;

import dev.drydock.client.log.LogFormat;
import dev.drydock.client.time.TimeScale;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Flags of every component; a picocli mixin.
public final class CommonFlags {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How to reach the api-server, and as whom.")
  @Nullable Path kubeconfig;

  @Option(
      names = "--time-scale",
      paramLabel = "FACTOR",
      defaultValue = "1",
      converter = ScaleConverter.class,
      description = "Divides every duration (default: 1).")
  TimeScale timeScale = TimeScale.REAL;

  @Option(
      names = {"--log-format", "--logging-format"},
      paramLabel = "text|json",
      defaultValue = "text",
      converter = FormatConverter.class,
      description = "Form of the log (default: text).")
  LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = {"-v", "--v"},
      paramLabel = "LEVEL",
      defaultValue = "0",
      description = "How much to log: 0 to 10 (default: 0).")
  int verbosity;

  /// @throws BadFlagException when the flag was not given
  public Path kubeconfig() {
    if (kubeconfig == null) {
      throw new BadFlagException("required flag: --kubeconfig");
    }
    return kubeconfig;
  }

  public TimeScale timeScale() {
    return timeScale;
  }

  public LogFormat logFormat() {
    return logFormat;
  }

  public int verbosity() {
    return verbosity;
  }

  /// A flag's value cannot be used; the message is one line that names the flag.
  public static final class BadFlagException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadFlagException(String message) {
      super(message);
    }
  }

  static final class ScaleConverter implements ITypeConverter<TimeScale> {
    @Override
    public TimeScale convert(String value) {
      try {
        return new TimeScale(Double.parseDouble(value));
      } catch (IllegalArgumentException _) {
        throw new TypeConversionException("'" + value + "' is not a number greater than 0");
      }
    }
  }

  static final class FormatConverter implements ITypeConverter<LogFormat> {
    @Override
    public LogFormat convert(String value) {
      return switch (value) {
        case "text" -> LogFormat.TEXT;
        case "json" -> LogFormat.JSON;
        default -> throw new TypeConversionException("'" + value + "' is neither text nor json");
      };
    }
  }
}
