package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.status.FieldError;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// IP addresses and CIDR blocks as texts, and the messages about them.
///
/// Source: messages of `apimachinery/pkg/util/validation/ip.go`.
public final class IpText {
  public static final String BAD_ADDRESS =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  public static final String BAD_BLOCK =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpText() {}

  /// Which of the two families; null: it is no address.
  public static @Nullable Family family(String text) {
    if (V4.matcher(text).matches()) {
      return Family.IPV4;
    }
    return isV6(text) ? Family.IPV6 : null;
  }

  /// The families as Services and slices name them.
  public enum Family {
    IPV4("IPv4", 32),
    IPV6("IPv6", 128);

    private final String word;
    private final int bits;

    Family(String word, int bits) {
      this.word = word;
      this.bits = bits;
    }

    public String word() {
      return word;
    }
  }

  public static List<String> address(String text) {
    return family(text) == null ? List.of(BAD_ADDRESS) : List.of();
  }

  /// Of a block `10.0.0.0/8`.
  public static List<String> block(String text) {
    return blockFamily(text) == null ? List.of(BAD_BLOCK) : List.of();
  }

  /// Of a block; null: it is none.
  public static @Nullable Family blockFamily(String text) {
    int slash = text.indexOf('/');
    Family family = slash < 0 ? null : family(text.substring(0, slash));
    return family != null && prefixLength(text, family.bits) >= 0 ? family : null;
  }

  /// The block as it is usually written; the text itself when that is no block.
  public static String canonicalBlock(String text) {
    Family family = blockFamily(text);
    if (family == null) {
      return text;
    }
    int slash = text.indexOf('/');
    int length = prefixLength(text, family.bits);
    BigInteger mask =
        BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE).shiftLeft(family.bits - length);
    BigInteger start = number(text.substring(0, slash)).and(mask);
    return family == Family.IPV4 ? dotted(start.intValue()) + "/" + length : text;
  }

  /// Whether the second block lies strictly within the first.
  public static boolean contains(String outer, String inner) {
    Family family = blockFamily(outer);
    if (family == null || family != blockFamily(inner)) {
      return false;
    }
    int outerLength = prefixLength(outer, family.bits);
    int innerLength = prefixLength(inner, family.bits);
    int shift = family.bits - outerLength;
    return innerLength > outerLength
        && number(outer.substring(0, outer.indexOf('/')))
            .shiftRight(shift)
            .equals(number(inner.substring(0, inner.indexOf('/'))).shiftRight(shift));
  }

  /// Refuses addresses that no endpoint of a cluster can have.
  public static void checkRoutable(Field address, Violations found) {
    String text = address.text();
    if (text.startsWith("0.0.0.0") || text.equals("::")) {
      found.invalid(address, "may not be unspecified (0.0.0.0 or ::)");
    } else if (text.startsWith("127.") || text.equals("::1")) {
      found.invalid(address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    } else if (text.startsWith("169.254.") || text.matches("(?i)fe[89ab].:.*")) {
      found.invalid(address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    } else if (text.startsWith("224.0.0.") || text.matches("(?i)ff02:.*")) {
      found.invalid(
          address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }

  /// Refuses what is no address.
  public static void check(Field address, Violations found) {
    if (family(address.text()) == null) {
      found.add(FieldError.invalid(address.path(), address.text(), BAD_ADDRESS));
    }
  }

  private static int prefixLength(String block, int bits) {
    String length = block.substring(block.indexOf('/') + 1);
    if (!length.matches("0|[1-9][0-9]{0,2}")) {
      return -1;
    }
    int number = Integer.parseInt(length);
    return number <= bits ? number : -1;
  }

  private static boolean isV6(String text) {
    if (!V6.matcher(text).matches()) {
      return false;
    }
    try {
      Inet6Address.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static BigInteger number(String address) {
    return address.contains(":")
        ? new BigInteger(1, Inet6Address.ofLiteral(address).getAddress())
        : new BigInteger(1, java.net.Inet4Address.ofLiteral(address).getAddress());
  }

  private static String dotted(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
