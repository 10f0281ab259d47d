package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.ToLongFunction;

/// Parts of timestamps, in UTC or a zone, and of durations.
final class TimeFunctions {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long DAYS_OF_WEEK = 7;

  private TimeFunctions() {}

  static Library library() {
    var library = new Library();
    part(library, "getFullYear", ZonedDateTime::getYear);
    part(library, "getMonth", time -> time.getMonthValue() - 1);
    part(library, "getDayOfYear", time -> time.getDayOfYear() - 1);
    part(library, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
    part(library, "getDate", ZonedDateTime::getDayOfMonth);
    part(library, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % DAYS_OF_WEEK);
    part(library, "getHours", ZonedDateTime::getHour);
    part(library, "getMinutes", ZonedDateTime::getMinute);
    part(library, "getSeconds", ZonedDateTime::getSecond);
    part(library, "getMilliseconds", time -> time.getNano() / NANOS_PER_MILLI);
    library.member("duration.getHours(): int", a -> ((Duration) a[0]).toHours());
    library.member("duration.getMinutes(): int", a -> ((Duration) a[0]).toMinutes());
    library.member("duration.getSeconds(): int", a -> ((Duration) a[0]).toSeconds());
    library.member("duration.getMilliseconds(): int", a -> ((Duration) a[0]).toMillis());
    return library;
  }

  private static void part(Library library, String name, ToLongFunction<ZonedDateTime> read) {
    library.member(
        "timestamp." + name + "(): int",
        a -> read.applyAsLong(((Instant) a[0]).atZone(ZoneOffset.UTC)));
    library.member(
        "timestamp." + name + "(string): int",
        a -> read.applyAsLong(((Instant) a[0]).atZone(zone((String) a[1]))));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.matches("\\d.*") ? "+" + name : name);
    } catch (DateTimeException e) {
      throw failed("unknown time zone " + name);
    }
  }
}
