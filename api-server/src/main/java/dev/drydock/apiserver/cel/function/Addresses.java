package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import dev.drydock.apiserver.cel.value.Named;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Internet addresses and networks written as numbers.
final class Addresses {
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final int GROUPS = 8;
  private static final int BITS = 8;

  private Addresses() {}

  /// One address.
  record Address(InetAddress inet) implements Named {
    @Override
    public String typeName() {
      return "net.IP";
    }

    long family() {
      return inet instanceof Inet4Address ? 4 : 6;
    }

    boolean isGlobalUnicast() {
      byte[] bytes = inet.getAddress();
      boolean broadcast = bytes.length == 4;
      for (byte part : bytes) {
        broadcast &= part == -1;
      }
      return !broadcast
          && !inet.isAnyLocalAddress()
          && !inet.isLoopbackAddress()
          && !inet.isMulticastAddress()
          && !inet.isLinkLocalAddress();
    }

    @Override
    public String toString() {
      return inet instanceof Inet4Address ? inet.getHostAddress() : shortened(inet.getAddress());
    }
  }

  /// Addresses that begin alike.
  record Network(Address address, int prefix) implements Named {
    @Override
    public String typeName() {
      return "net.CIDR";
    }

    boolean contains(Address other) {
      return other.family() == address.family()
          && new Network(other, prefix).masked().equals(masked());
    }

    boolean contains(Network other) {
      return other.prefix >= prefix && contains(other.address);
    }

    Network masked() {
      byte[] bytes = address.inet().getAddress();
      for (int i = 0; i < bytes.length; i++) {
        int kept = Math.clamp(prefix - (long) i * BITS, 0, BITS);
        bytes[i] = (byte) (bytes[i] & (0xff << (BITS - kept)));
      }
      return new Network(of(bytes), prefix);
    }

    @Override
    public String toString() {
      return address + "/" + prefix;
    }
  }

  static boolean isAddress(String text) {
    return V4.matcher(text).matches() || (V6.matcher(text).matches() && parses(text));
  }

  private static boolean parses(String text) {
    try {
      return !text.toLowerCase(Locale.ROOT).startsWith("::ffff:")
          && InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  static Address address(String text) {
    if (!isAddress(text)) {
      throw failed(
          "IP Address \""
              + text
              + "\" parse error during conversion from string: ParseAddr(\""
              + text
              + "\"): unable to parse IP");
    }
    try {
      return new Address(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      throw failed(e.toString());
    }
  }

  static boolean isNetwork(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !isAddress(text.substring(0, slash))) {
      return false;
    }
    String prefix = text.substring(slash + 1);
    int most = text.contains(":") ? 128 : 32;
    return prefix.matches("0|[1-9]\\d{0,2}") && Integer.parseInt(prefix) <= most;
  }

  static Network network(String text) {
    if (!isNetwork(text)) {
      throw failed(
          "network address parse error during conversion from string: netip.ParsePrefix(\""
              + text
              + "\"): no '/'");
    }
    int slash = text.indexOf('/');
    return new Network(
        address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  private static Address of(byte[] bytes) {
    try {
      return new Address(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String shortened(byte[] bytes) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = ((bytes[2 * i] & 0xff) << BITS) | (bytes[2 * i + 1] & 0xff);
    }
    int best = 0;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int length = 0;
      while (i + length < GROUPS && groups[i + length] == 0) {
        length++;
      }
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (bestLength > 1 && i == best) {
        text.append("::");
        i += bestLength - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
            .append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
