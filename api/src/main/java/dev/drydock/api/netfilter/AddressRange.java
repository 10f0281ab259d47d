package dev.drydock.api.netfilter;

/// IPv4 addresses that a rule matches.
///
/// @param network the first address
/// @param prefix length in bits
/// @param polarity whether it matches those inside or those outside
public record AddressRange(int network, int prefix, Polarity polarity) {
  public static final AddressRange ANY = new AddressRange(0, 0, Polarity.INSIDE);

  /// Which side of the range matches.
  public enum Polarity {
    INSIDE,
    OUTSIDE
  }

  /// From `10.0.0.0/8` or `10.1.2.3`; empty: any.
  ///
  /// @throws IllegalArgumentException when it is neither
  public static AddressRange parse(String text) {
    if (text.isEmpty()) {
      return ANY;
    }
    int slash = text.indexOf('/');
    int prefix = slash < 0 ? 32 : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > 32) {
      throw new IllegalArgumentException("not a prefix length: " + text);
    }
    int address = address(slash < 0 ? text : text.substring(0, slash));
    return new AddressRange(address & mask(prefix), prefix, Polarity.INSIDE);
  }

  public AddressRange negated() {
    return new AddressRange(
        network, prefix, polarity == Polarity.INSIDE ? Polarity.OUTSIDE : Polarity.INSIDE);
  }

  public boolean isAny() {
    return prefix == 0 && polarity == Polarity.INSIDE;
  }

  public boolean contains(int address) {
    boolean inside = (address & mask(prefix)) == network;
    return polarity == Polarity.INSIDE ? inside : !inside;
  }

  private static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  /// The bits of an address in dotted notation.
  ///
  /// @throws IllegalArgumentException when it is not one
  public static int address(String dotted) {
    int bits = 0;
    int part = -1;
    int parts = 0;
    for (int i = 0; i <= dotted.length(); i++) {
      char c = i < dotted.length() ? dotted.charAt(i) : '.';
      if (c == '.') {
        if (part < 0 || part > 255) {
          throw new IllegalArgumentException("not an IPv4 address: " + dotted);
        }
        bits = bits << 8 | part;
        part = -1;
        parts++;
      } else if (c >= '0' && c <= '9') {
        part = Math.max(part, 0) * 10 + (c - '0');
      } else {
        throw new IllegalArgumentException("not an IPv4 address: " + dotted);
      }
    }
    if (parts != 4) {
      throw new IllegalArgumentException("not an IPv4 address: " + dotted);
    }
    return bits;
  }

  /// Dotted notation of the bits of an address.
  public static String dotted(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 255)
        + "."
        + (address >>> 8 & 255)
        + "."
        + (address & 255);
  }

  /// CIDR notation, without the polarity.
  public String cidr() {
    return dotted(network) + "/" + prefix;
  }
}
