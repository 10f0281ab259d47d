package dev.drydock.lab.topology;

/// A block of loopback addresses that one lab has to itself, so that several labs can run side by
/// side with the same ports. On Linux any address in 127.0.0.0/8 can be bound without privileges.
///
/// @param number 1 to 254: the second number of the addresses, 127.NUMBER.0.0/16
public record AddressBlock(int number) {
  /// Where the search for a free block begins.
  public static final AddressBlock FIRST = new AddressBlock(7);

  public AddressBlock {
    if (number < 1 || number > 254) {
      throw new IllegalArgumentException(
          "the address block must be a number from 1 to 254, not " + number);
    }
  }

  /// The address of etcd, the api-server, the scheduler and the controller-manager.
  public String controlPlane() {
    return "127." + number + ".0.1";
  }

  /// @param ordinal 1 for the first node
  public String node(int ordinal) {
    int zeroBased = ordinal - 1;
    return "127." + number + "." + (1 + zeroBased / 250) + "." + (1 + zeroBased % 250);
  }

  public AddressBlock next() {
    return new AddressBlock(number + 1);
  }
}
