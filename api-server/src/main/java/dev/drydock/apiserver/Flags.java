package dev.drydock.apiserver;

import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values of flags that are more than text. Failures name the flag.
final class Flags {
  private static final Pattern PART = Pattern.compile("(\\d+)(h|ms|m|s)");

  private Flags() {}

  static <T> T given(String flag, @Nullable T value) {
    if (value == null) {
      throw new BadFlagException("required flag: " + flag);
    }
    return value;
  }

  /// The name of this computer.
  static String hostname() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "localhost");
    }
  }

  /// In Go's notation: `1h0m0s`, `90s`; `0` too.
  static Duration duration(String flag, String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      end = part.end();
      long number = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMillis(number);
              });
    }
    if (end == 0 || end != text.length()) {
      throw new BadFlagException(flag + ": \"" + text + "\" is no duration such as 1h30m");
    }
    return sum;
  }

  /// `30000-32767`.
  static int[] portRange(String flag, String text) {
    Matcher range = Pattern.compile("(\\d{1,5})-(\\d{1,5})").matcher(text);
    if (!range.matches()) {
      throw new BadFlagException(flag + ": \"" + text + "\" is no range such as 30000-32767");
    }
    int low = Integer.parseInt(range.group(1));
    int high = Integer.parseInt(range.group(2));
    if (low < 1 || high > 65535 || low > high) {
      throw new BadFlagException(flag + ": \"" + text + "\" is no range of ports");
    }
    return new int[] {low, high};
  }
}
