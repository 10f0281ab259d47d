package dev.drydock.controllers.servicecidr;

import java.math.BigInteger;
import java.net.InetAddress;

/// A block of addresses of either family, in CIDR notation.
///
/// @param width of an address: 32 or 128
/// @param length of the prefix
record AddressBlock(BigInteger prefix, int width, int length) {

  /// @throws IllegalArgumentException when it is none
  static AddressBlock of(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a CIDR: " + cidr);
    }
    byte[] bytes = bytes(cidr.substring(0, slash));
    int width = bytes.length * Byte.SIZE;
    int length = Integer.parseInt(cidr.substring(slash + 1));
    BigInteger address = new BigInteger(1, bytes);
    return new AddressBlock(address.shiftRight(width - length), width, length);
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an address: " + address, e);
    }
  }

  /// Whether all addresses of the other block are in this one.
  boolean contains(AddressBlock other) {
    return width == other.width
        && length <= other.length
        && other.prefix.shiftRight(other.length - length).equals(prefix);
  }

  /// Whether a Service can have the address of this block: not those at its ends, which in IPv4
  /// mean the network and everybody, and in IPv6 any router.
  boolean gives(String address) {
    byte[] bytes = bytes(address);
    if (bytes.length * Byte.SIZE != width) {
      return false;
    }
    BigInteger number = new BigInteger(1, bytes);
    int free = width - length;
    BigInteger first = prefix.shiftLeft(free);
    BigInteger last = first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE);
    boolean inside = number.compareTo(first) > 0 && number.compareTo(last) <= 0;
    return inside && (width != 32 || number.compareTo(last) < 0);
  }

  /// Whether the blocks have addresses in common.
  boolean overlaps(AddressBlock other) {
    return contains(other) || other.contains(this);
  }
}
