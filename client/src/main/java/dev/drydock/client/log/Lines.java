package dev.drydock.client.log;

import dev.drydock.api.meta.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/// What a line of the log looks like. Pure.
///
/// ```
/// 12:00:01.123 kube-scheduler  bind pod default/web-1 r=123 <- 119,120 2.1ms node-1
/// 12:00:01.123 kube-scheduler  W cannot watch pods: …
/// {"time":"…","component":"kube-scheduler","step":"bind","kind":"pod",…}
/// ```
final class Lines {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String component;
  private final LogFormat format;

  Lines(String component, LogFormat format) {
    this.component = component;
    this.format = format;
  }

  String step(Instant time, InteractionLog.Step step) {
    return switch (format) {
      case TEXT -> stepText(time, step);
      case JSON -> stepJson(time, step);
    };
  }

  private String stepText(Instant time, InteractionLog.Step step) {
    var line = new StringBuilder(160);
    CLOCK.formatTo(time, line);
    line.append(' ').append(component).append("  ").append(step.what());
    if (!step.kind().isEmpty()) {
      line.append(' ').append(step.kind());
    }
    line.append(' ').append(step.key());
    if (!step.revision().isNone()) {
      line.append(" r=").append(step.revision());
    }
    if (!step.causes().isEmpty()) {
      line.append(" <- ").append(causes(step.causes()));
    }
    if (step.took().isPositive()) {
      line.append(' ').append(millis(step.took())).append("ms");
    }
    if (!step.note().isEmpty()) {
      line.append("  ").append(oneLine(step.note()));
    }
    return line.append('\n').toString();
  }

  private String stepJson(Instant time, InteractionLog.Step step) {
    var line = new StringBuilder(240);
    begin(line, time);
    field(line, "step", step.what());
    field(line, "kind", step.kind());
    field(line, "namespace", step.key().namespace());
    field(line, "name", step.key().name());
    if (!step.revision().isNone()) {
      line.append(",\"revision\":").append(step.revision());
    }
    if (!step.causes().isEmpty()) {
      line.append(",\"causes\":[").append(causes(step.causes())).append(']');
    }
    if (step.took().isPositive()) {
      line.append(",\"millis\":").append(millis(step.took()));
    }
    field(line, "note", step.note());
    return line.append("}\n").toString();
  }

  String logged(LogRecord logged, String message) {
    Throwable thrown = logged.getThrown();
    return switch (format) {
      case TEXT -> {
        var line = new StringBuilder(160);
        CLOCK.formatTo(Logs.timeOf(logged), line);
        line.append(' ').append(component).append("  ").append(letter(logged.getLevel()));
        line.append(oneLine(message));
        if (thrown != null) {
          line.append(": ").append(oneLine(thrown.toString())).append(trace(thrown, "\n    at "));
        }
        yield line.append('\n').toString();
      }
      case JSON -> {
        var line = new StringBuilder(240);
        begin(line, Logs.timeOf(logged));
        field(line, "level", logged.getLevel().getName());
        field(line, "logger", logged.getLoggerName());
        field(line, "message", message);
        if (thrown != null) {
          field(line, "error", thrown.toString());
          field(line, "trace", trace(thrown, " | "));
        }
        yield line.append("}\n").toString();
      }
    };
  }

  private static String letter(Level level) {
    int value = level.intValue();
    return value >= Level.SEVERE.intValue() ? "E " : value >= Level.WARNING.intValue() ? "W " : "";
  }

  private static String trace(Throwable thrown, String separator) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(30)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(separator, separator, ""));
  }

  private void begin(StringBuilder line, Instant time) {
    line.append("{\"time\":\"");
    FULL.formatTo(time, line);
    line.append('"');
    field(line, "component", component);
  }

  private static void field(StringBuilder line, String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    line.append(",\"").append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c == '\n') {
        line.append("\\n");
      } else if (c < ' ') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  private static String causes(List<Revision> causes) {
    return causes.stream().map(Revision::toString).collect(Collectors.joining(","));
  }

  private static String millis(Duration took) {
    long tenths = took.toNanos() / 100_000;
    return tenths / 10 + "." + tenths % 10;
  }

  private static String oneLine(String text) {
    return text.indexOf('\n') < 0 ? text : text.replace("\n", "\\n");
  }
}
