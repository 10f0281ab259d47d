package dev.drydock.api.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// `2026-01-02T03:04:05Z`, the form in which nearly all times come, without the machinery of a
/// formatter: the api-server reads and writes some with every object.
final class PlainTime {
  private static final String FORM = "0000-00-00T00:00:00Z";
  private static final int MAX_YEAR = 9999;

  private PlainTime() {}

  /// Nothing: another form, or no such time.
  static Optional<Instant> parse(String text) {
    if (!hasForm(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(text, 0, 4),
                  number(text, 5, 7),
                  number(text, 8, 10),
                  number(text, 11, 13),
                  number(text, 14, 16),
                  number(text, 17, 19))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Without the fraction. Nothing: the year has not four digits.
  static Optional<String> format(Instant time) {
    LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
    if (at.getYear() < 0 || at.getYear() > MAX_YEAR) {
      return Optional.empty();
    }
    char[] text = FORM.toCharArray();
    write(text, 4, at.getYear());
    write(text, 7, at.getMonthValue());
    write(text, 10, at.getDayOfMonth());
    write(text, 13, at.getHour());
    write(text, 16, at.getMinute());
    write(text, 19, at.getSecond());
    return Optional.of(new String(text));
  }

  private static boolean hasForm(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char form = FORM.charAt(i);
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /// Writes a number's digits before a place.
  private static void write(char[] text, int end, int number) {
    int at = end;
    for (int left = number; left > 0; left /= 10) {
      text[--at] = (char) ('0' + left % 10);
    }
  }
}
