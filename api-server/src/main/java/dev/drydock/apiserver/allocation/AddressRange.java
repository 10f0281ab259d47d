package dev.drydock.apiserver.allocation;

/// A range of IPv4 addresses in CIDR notation.
///
/// @param base the lowest address, as a number
/// @param size how many there are
public record AddressRange(String cidr, long base, long size) {

  public static AddressRange of(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a CIDR: " + cidr);
    }
    int bits = Integer.parseInt(cidr.substring(slash + 1));
    long size = 1L << (32 - bits);
    long address = number(cidr.substring(0, slash));
    return new AddressRange(cidr, address / size * size, size);
  }

  /// The address so far above the lowest.
  public String address(long offset) {
    long number = base + offset;
    return (number >> 24 & 255)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }

  /// Whether the address can be given to somebody: network and broadcast address can't.
  public boolean hasUsable(String address) {
    if (!isAddress(address)) {
      return false;
    }
    long offset = number(address) - base;
    return offset > 0 && offset < size - 1;
  }

  /// Whether the text is an IPv4 address.
  public static boolean isAddress(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static long number(String address) {
    if (!isAddress(address)) {
      throw new IllegalArgumentException("not an IPv4 address: " + address);
    }
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
