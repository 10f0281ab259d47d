package dev.drydock.apiserver.schema;

import dev.drydock.api.time.GoDuration;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The formats of texts that are checked; all others say nothing.
///
/// Source: the list of supported formats in apiextensions, and what strfmt takes for each.
public final class Formats {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final String UUID_END = "-[0-9a-f]{4}-[0-9a-f]{12}$";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  private static final Map<String, Predicate<String>> ALL =
      Map.ofEntries(
          Map.entry("bsonobjectid", matching("^[0-9a-fA-F]{24}$")),
          Map.entry("uri", Formats::isUri),
          Map.entry("email", matching("^[^@\\s<>()]+@[^@\\s<>()]+$")),
          Map.entry(
              "hostname",
              matching(
                  "^([a-zA-Z0-9\\p{L}]([a-zA-Z0-9\\p{L}-]{0,62}[a-zA-Z0-9\\p{L}])?)"
                      + "(\\.[a-zA-Z0-9\\p{L}]([a-zA-Z0-9\\p{L}-]{0,62}[a-zA-Z0-9\\p{L}])?)*\\.?$")),
          Map.entry("ipv4", text -> IPV4.matcher(text).matches()),
          Map.entry("ipv6", Formats::isIpv6),
          Map.entry("cidr", Formats::isCidr),
          Map.entry(
              "mac", matching("^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}([:-][0-9a-fA-F]{2}){0,2}$")),
          Map.entry(
              "uuid",
              matching("(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$")),
          Map.entry("uuid3", matching("(?i)^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}" + UUID_END)),
          Map.entry("uuid4", matching("(?i)^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}" + UUID_END)),
          Map.entry("uuid5", matching("(?i)^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}" + UUID_END)),
          Map.entry("isbn", matching("^([0-9-]{9,16}[0-9X])$")),
          Map.entry("isbn10", matching("^([0-9]-?){9}[0-9X]$")),
          Map.entry("isbn13", matching("^([0-9]-?){13}$")),
          Map.entry("creditcard", matching("^([0-9][ -]?){13,19}$")),
          Map.entry("ssn", matching("^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$")),
          Map.entry("hexcolor", matching("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")),
          Map.entry(
              "rgbcolor", matching("^rgb\\(\\s*(" + BYTE + "\\s*,\\s*){2}" + BYTE + "\\s*\\)$")),
          Map.entry("byte", Formats::isBase64),
          Map.entry("date", Formats::isDate),
          Map.entry("duration", Formats::isDuration),
          Map.entry("datetime", Formats::isTime),
          Map.entry("date-time", Formats::isTime),
          Map.entry("k8s-short-name", matching("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")),
          Map.entry(
              "k8s-long-name",
              matching(
                  "^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")));

  private static final Set<String> UNCHECKED =
      Set.of("password", "int32", "int64", "float", "double");

  private Formats() {}

  /// Whether a format means anything here.
  public static boolean isKnown(String format) {
    return ALL.containsKey(format) || UNCHECKED.contains(format);
  }

  /// Whether a format means anything for a text; hyphens make no difference.
  static boolean isOfTexts(String format) {
    String plain = format.replace("-", "");
    return plain.equals("password")
        || ALL.keySet().stream().anyMatch(known -> known.replace("-", "").equals(plain));
  }

  static boolean fits(String format, String text) {
    Predicate<String> check = ALL.get(format);
    return check == null || check.test(text);
  }

  private static Predicate<String> matching(String expression) {
    Pattern pattern = Pattern.compile(expression);
    return text -> pattern.matcher(text).find();
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isIpv6(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    int gap = address.indexOf("::");
    if (address.indexOf(':') < 0 || (gap >= 0 && address.indexOf("::", gap + 1) >= 0)) {
      return false;
    }
    int groups = 0;
    String[] parts = address.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].isEmpty()) {
        continue;
      }
      boolean last = i == parts.length - 1;
      if (last && IPV4.matcher(parts[i]).matches()) {
        groups += 2;
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups++;
      } else {
        return false;
      }
    }
    boolean loose = gap < 0 && (address.startsWith(":") || address.endsWith(":"));
    return !loose && (gap >= 0 ? groups < 8 : groups == 8);
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return false;
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    String address = text.substring(0, slash);
    return IPV4.matcher(address).matches() ? bits <= 32 : isIpv6(address) && bits <= 128;
  }

  private static boolean isBase64(String text) {
    try {
      var _ = Base64.getDecoder().decode(text.replaceAll("[\r\n]", ""));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    try {
      var _ = OffsetDateTime.parse(text.replace(' ', 'T'));
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isDuration(String text) {
    try {
      var _ = GoDuration.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return text.matches(
          "[0-9]+\\s*(ns|us|µs|ms|s|m|h|d|w|(milli|micro|nano)?seconds?|minutes?|hours?|days?|weeks?)");
    }
  }
}
