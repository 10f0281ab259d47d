package dev.drydock.api.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Times as they stand in objects: RFC 3339 in UTC, with whole seconds (`Time`) or exactly six
/// decimals (`MicroTime`).
public final class KubernetesTime {
  private static final DateTimeFormatter MICRO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private KubernetesTime() {}

  /// `2026-01-02T03:04:05Z`; the fraction is cut off.
  public static String seconds(Instant time) {
    return PlainTime.format(time)
        .orElseGet(
            () -> DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS)));
  }

  /// `2026-01-02T03:04:05.000006Z`.
  public static String micros(Instant time) {
    return MICRO.format(time);
  }

  /// Reads both forms, any number of decimals and any offset.
  ///
  /// @throws DateTimeException when it is not RFC 3339
  public static Instant parse(String text) {
    return PlainTime.parse(text).orElseGet(() -> parseAny(text));
  }

  private static Instant parseAny(String text) {
    return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
  }

  /// The time in an optional field of an object.
  ///
  /// @return [Instant#EPOCH] when it is absent or no time
  public static Instant parseOrEpoch(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Instant.EPOCH;
    }
    try {
      return parse(text);
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }
}
