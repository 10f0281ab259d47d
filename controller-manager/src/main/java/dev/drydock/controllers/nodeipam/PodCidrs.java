package dev.drydock.controllers.nodeipam;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The cluster's pod network, cut into equal parts, one for each node. IPv4.
///
/// @param network first address, as a number
/// @param prefix length of the cluster's prefix
/// @param nodePrefix length of each node's prefix
public record PodCidrs(int network, int prefix, int nodePrefix) {
  public PodCidrs {
    if (nodePrefix < prefix || nodePrefix > 30 || prefix < 1) {
      throw new IllegalArgumentException(
          "--node-cidr-mask-size " + nodePrefix + " does not fit --cluster-cidr /" + prefix);
    }
    if (nodePrefix - prefix > 16) {
      throw new IllegalArgumentException(
          "--node-cidr-mask-size " + nodePrefix + " is too big for --cluster-cidr /" + prefix);
    }
  }

  /// @param clusterCidr `10.244.0.0/16`
  /// @throws IllegalArgumentException when it is none
  public static PodCidrs of(String clusterCidr, int nodePrefix) {
    String[] parts = clusterCidr.split("[./]", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException("not an IPv4 CIDR: " + clusterCidr);
    }
    int network = 0;
    for (int i = 0; i < 4; i++) {
      network = network << 8 | number(parts[i], 255, clusterCidr);
    }
    int prefix = number(parts[4], 32, clusterCidr);
    int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
    return new PodCidrs(network & mask, prefix, nodePrefix);
  }

  private static int number(String text, int max, String whole) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // answered below
    }
    throw new IllegalArgumentException("not an IPv4 CIDR: " + whole);
  }

  /// How many nodes get a part.
  public int count() {
    return 1 << (nodePrefix - prefix);
  }

  /// The part with this number.
  public String part(int index) {
    int address = network + (index << (32 - nodePrefix));
    return "%d.%d.%d.%d/%d"
        .formatted(
            address >>> 24,
            address >>> 16 & 0xff,
            address >>> 8 & 0xff,
            address & 0xff,
            nodePrefix);
  }

  /// The number of the first free part at or after `from`, going round.
  public Optional<Integer> free(Collection<String> used, int from) {
    Set<String> taken = new HashSet<>(used);
    for (int i = 0; i < count(); i++) {
      int index = (from + i) % count();
      if (!taken.contains(part(index))) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }
}
