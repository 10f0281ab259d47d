package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import dev.drydock.apiserver.cel.value.Named;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `semver(…)`.
final class VersionFunctions {
  private static final Pattern FORM =
      Pattern.compile(
          "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
              + "(?:-((?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)"
              + "(?:\\.(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*))*))?"
              + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

  private VersionFunctions() {}

  /// A version.
  record Version(long major, long minor, long patch, String pre, String text)
      implements Named, Comparable<Version> {
    @Override
    public String typeName() {
      return "kubernetes.Semver";
    }

    @Override
    public int compareTo(Version other) {
      int order = Long.compare(major, other.major);
      order = order != 0 ? order : Long.compare(minor, other.minor);
      order = order != 0 ? order : Long.compare(patch, other.patch);
      return order != 0 ? order : comparePre(pre, other.pre);
    }

    private static int comparePre(String left, String right) {
      if (left.isEmpty() || right.isEmpty()) {
        return Boolean.compare(left.isEmpty(), right.isEmpty());
      }
      String[] a = left.split("\\.");
      String[] b = right.split("\\.");
      for (int i = 0; i < Math.min(a.length, b.length); i++) {
        boolean number = a[i].matches("\\d+");
        boolean otherNumber = b[i].matches("\\d+");
        int order =
            number && otherNumber
                ? new BigInteger(a[i]).compareTo(new BigInteger(b[i]))
                : number == otherNumber ? a[i].compareTo(b[i]) : number ? -1 : 1;
        if (order != 0) {
          return Integer.signum(order);
        }
      }
      return Integer.compare(a.length, b.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(major * 31 + minor) + Long.hashCode(patch);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Library library() {
    var library = new Library();
    library.type("Semver", "kubernetes.Semver", Version.class);
    library.global("semver(string): Semver", Cost.TEXT_OF_FIRST, a -> parse((String) a[0]));
    library.global(
        "semver(string, bool): Semver",
        Cost.TEXT_OF_FIRST,
        a -> parse((Boolean) a[1] ? normal((String) a[0]) : (String) a[0]));
    library.global(
        "isSemver(string): bool", Cost.TEXT_OF_FIRST, a -> FORM.matcher((String) a[0]).matches());
    library.global(
        "isSemver(string, bool): bool",
        Cost.TEXT_OF_FIRST,
        a -> FORM.matcher((Boolean) a[1] ? normal((String) a[0]) : (String) a[0]).matches());
    library.member("Semver.major(): int", a -> ((Version) a[0]).major());
    library.member("Semver.minor(): int", a -> ((Version) a[0]).minor());
    library.member("Semver.patch(): int", a -> ((Version) a[0]).patch());
    library.member("Semver.isGreaterThan(Semver): bool", a -> compare(a) > 0);
    library.member("Semver.isLessThan(Semver): bool", a -> compare(a) < 0);
    library.member("Semver.compareTo(Semver): int", a -> (long) compare(a));
    return library;
  }

  private static int compare(Object[] arguments) {
    return ((Version) arguments[0]).compareTo((Version) arguments[1]);
  }

  /// `v1.02` as `1.2.0`.
  private static String normal(String text) {
    String plain = text.startsWith("v") ? text.substring(1) : text;
    int end = 0;
    while (end < plain.length() && plain.charAt(end) != '-' && plain.charAt(end) != '+') {
      end++;
    }
    String[] parts = plain.substring(0, end).split("\\.", -1);
    var numbers = new StringBuilder();
    for (int i = 0; i < Math.max(parts.length, 3); i++) {
      String part = i < parts.length ? parts[i].replaceFirst("^0+(?=\\d)", "") : "0";
      numbers.append(i == 0 ? "" : ".").append(part);
    }
    return numbers + plain.substring(end);
  }

  private static Version parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw failed("No Major.Minor.Patch elements found");
    }
    try {
      String pre = matcher.group(4);
      return new Version(
          Long.parseLong(matcher.group(1)),
          Long.parseLong(matcher.group(2)),
          Long.parseLong(matcher.group(3)),
          pre == null ? "" : pre,
          text);
    } catch (NumberFormatException e) {
      throw failed("No Major.Minor.Patch elements found");
    }
  }
}
