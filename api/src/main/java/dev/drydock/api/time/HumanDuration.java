package dev.drydock.api.time;

import java.time.Duration;

/// Durations as tables show them in the column AGE: `5s`, `3m20s`, `47h`, `2d3h`, `400d`, `2y`.
public final class HumanDuration {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private HumanDuration() {}

  /// About two or three significant digits. Slightly negative times (clocks differ) show as `0s`,
  /// others as `<invalid>`.
  public static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    if (seconds < 2 * MINUTE) {
      return seconds + "s";
    }
    long minutes = seconds / MINUTE;
    if (minutes < 10) {
      return two(minutes, "m", seconds % MINUTE, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = seconds / HOUR;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    long days = seconds / DAY;
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 730) {
      return days + "d";
    }
    long years = seconds / YEAR;
    return years < 8 ? two(years, "y", days % 365, "d") : years + "y";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }
}
