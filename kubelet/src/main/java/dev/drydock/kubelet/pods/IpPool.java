package dev.drydock.kubelet.pods;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.BitSet;
import java.util.NoSuchElementException;

/// The addresses of a node's pods. A released address is used again as late as possible.
public final class IpPool {
  private final int network;
  private final int size;

  @GuardedBy("this")
  private final BitSet used = new BitSet();

  @GuardedBy("this")
  private int next = 2;

  /// @param cidr IPv4, `10.244.1.0/24`; the first two addresses and the last are not given out
  public IpPool(String cidr) {
    int slash = cidr.indexOf('/');
    this.network = number(cidr.substring(0, slash));
    this.size = 1 << (32 - Integer.parseInt(cidr.substring(slash + 1)));
  }

  /// @throws NoSuchElementException when all are taken
  public synchronized String take() {
    for (int tries = 2; tries < size - 1; tries++) {
      int candidate = next;
      next = next + 1 < size - 1 ? next + 1 : 2;
      if (!used.get(candidate)) {
        used.set(candidate);
        return text(network + candidate);
      }
    }
    throw new NoSuchElementException("no IP addresses available in range set");
  }

  public synchronized void release(String address) {
    used.clear(number(address) - network);
  }

  private static int number(String address) {
    try {
      int value = 0;
      for (byte part : InetAddress.getByName(address).getAddress()) {
        value = (value << 8) | (part & 0xff);
      }
      return value;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + address, e);
    }
  }

  private static String text(int value) {
    return (value >>> 24)
        + "."
        + ((value >>> 16) & 255)
        + "."
        + ((value >>> 8) & 255)
        + "."
        + (value & 255);
  }
}
