package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.status.FieldError;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final Pattern LOOSE_V4 = Pattern.compile("0*" + OCTET + "(\\.0*" + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpText() {}

  /// Which of the two families; null: it is no address that may be used.
  public static @Nullable Family family(String text) {
    if (V4.matcher(text).matches()) {
      return Family.IPV4;
    }
    return parsedV6(text) instanceof Inet6Address ? Family.IPV6 : null;
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

  /// Of fields that are young enough to allow one form only.
  public static List<String> canonicalAddress(String text) {
    List<String> problems = address(text);
    return problems.isEmpty() ? unlessUsual(text, canonical(text)) : problems;
  }

  /// Of a block, where one form only is allowed.
  public static List<String> canonicalBlockOnly(String text) {
    List<String> problems = block(text);
    if (!problems.isEmpty()) {
      return problems;
    }
    int slash = text.indexOf('/');
    return unlessUsual(text, canonical(text.substring(0, slash)) + text.substring(slash));
  }

  private static List<String> unlessUsual(String text, String usual) {
    return usual.equals(text)
        ? List.of()
        : List.of("must be in canonical form (\"" + usual + "\")");
  }

  /// What is wrong with an address.
  public static List<String> address(String text) {
    if (family(text) != null) {
      return List.of();
    }
    if (LOOSE_V4.matcher(text).matches()) {
      return List.of("must not have leading 0s");
    }
    return parsedV6(text) instanceof Inet4Address
        ? List.of("must not be an IPv4-mapped IPv6 address")
        : List.of(BAD_ADDRESS);
  }

  /// What is wrong with a block `10.0.0.0/8`.
  public static List<String> block(String text) {
    Family family = blockFamily(text);
    if (family != null) {
      return start(text, family).equals(number(text.substring(0, text.indexOf('/'))))
          ? List.of()
          : List.of("must not have bits set beyond the prefix length");
    }
    int slash = text.indexOf('/');
    String address = slash < 0 ? "" : text.substring(0, slash);
    String length = text.substring(slash + 1);
    boolean v4 = LOOSE_V4.matcher(address).matches();
    if (!(v4 || parsedV6(address) != null)
        || !length.matches("0*[0-9]{1,3}")
        || new BigInteger(length).intValue() > (v4 ? Family.IPV4 : Family.IPV6).bits) {
      return List.of(BAD_BLOCK);
    }
    return !v4 && parsedV6(address) instanceof Inet4Address
        ? List.of("must not have an IPv4-mapped IPv6 address")
        : List.of("must not have leading 0s in IP or prefix length");
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
    return family == Family.IPV4
        ? dotted(start(text, family).intValue()) + "/" + prefixLength(text, family.bits)
        : text;
  }

  private static BigInteger start(String block, Family family) {
    int length = prefixLength(block, family.bits);
    BigInteger mask =
        BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE).shiftLeft(family.bits - length);
    return number(block.substring(0, block.indexOf('/'))).and(mask);
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
    InetAddress parsed = V4.matcher(text).matches() ? Inet4Address.ofLiteral(text) : parsedV6(text);
    if (parsed == null) {
      found.invalid(address, "must be a valid IP address");
    } else if (parsed.isAnyLocalAddress()) {
      found.invalid(address, "may not be unspecified (" + text + ")");
    } else if (parsed.isLoopbackAddress()) {
      found.invalid(address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    } else if (parsed.isLinkLocalAddress()) {
      found.invalid(address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    } else if (parsed.isMCLinkLocal()) {
      found.invalid(
          address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }

  /// Refuses what is no address.
  public static void check(Field address, Violations found) {
    check(address, address.path(), found);
  }

  /// The same, where messages name another path.
  public static void check(Field address, String path, Violations found) {
    for (String problem : address(address.text())) {
      found.add(FieldError.invalid(path, address.text(), problem));
    }
  }

  /// Refuses what is no block.
  public static void checkBlock(Field block, Violations found) {
    for (String problem : block(block.text())) {
      found.add(FieldError.invalid(block.path(), block.text(), problem));
    }
  }

  /// Tells that an address of the sixth version is written in an unusual way.
  public static void tellUnusual(Field address, Violations found) {
    String usual = canonical(address.text());
    if (!usual.equals(address.text())) {
      found.warn(
          address
              + ": IPv6 address \""
              + address.text()
              + "\" should be in RFC 5952 canonical format (\""
              + usual
              + "\")");
    }
  }

  /// The usual way to write an address.
  static String canonical(String text) {
    if (!(parsedV6(text) instanceof Inet6Address parsed)) {
      return text;
    }
    byte[] bytes = parsed.getAddress();
    int[] words = new int[8];
    for (int i = 0; i < words.length; i++) {
      words[i] = ((bytes[2 * i] & 255) << 8) | (bytes[2 * i + 1] & 255);
    }
    int from = -1;
    int longest = 1;
    for (int i = 0; i < words.length; i++) {
      int end = i;
      while (end < words.length && words[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        from = i;
        longest = end - i;
      }
    }
    return from < 0
        ? hex(words, 0, words.length)
        : hex(words, 0, from) + "::" + hex(words, from + longest, words.length);
  }

  private static String hex(int[] words, int from, int to) {
    return Arrays.stream(words, from, to)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(":"));
  }

  private static int prefixLength(String block, int bits) {
    String length = block.substring(block.indexOf('/') + 1);
    if (!length.matches("0|[1-9][0-9]{0,2}")) {
      return -1;
    }
    int number = Integer.parseInt(length);
    return number <= bits ? number : -1;
  }

  /// An address that is mapped from the fourth version comes back as one of that.
  private static @Nullable InetAddress parsedV6(String text) {
    if (!V6.matcher(text).matches()) {
      return null;
    }
    try {
      return Inet6Address.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static BigInteger number(String address) {
    return address.contains(":")
        ? new BigInteger(1, Inet6Address.ofLiteral(address).getAddress())
        : new BigInteger(1, Inet4Address.ofLiteral(address).getAddress());
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
