package dev.drydock.api.netfilter;

/// What a packet must be like for a rule to apply; all of it must hold.
///
/// @param protocol `tcp`, `udp`, `sctp`; empty: any
/// @param destinationPort 0: any
/// @param probability 0: always; else the chance with which the rule applies
public record Match(
    String protocol,
    AddressRange source,
    AddressRange destination,
    DestinationType destinationType,
    int destinationPort,
    double probability,
    Recent recent) {
  public static final Match ALL =
      new Match(
          "", AddressRange.ANY, AddressRange.ANY, DestinationType.ANY, 0, 0, new Recent.Ignored());

  /// Whose address the destination must be.
  public enum DestinationType {
    ANY,
    /// One of the node's own.
    LOCAL
  }

  /// The memory of who used a chain.
  public sealed interface Recent {
    record Ignored() implements Recent {}

    /// Applies when the source used the chain that the rule jumps to within so many seconds.
    record UsedWithin(int seconds) implements Recent {}

    /// Applies always, and remembers that the source used the chain that the rule is in.
    record Remember() implements Recent {}
  }

  public Match protocol(String wanted) {
    return new Match(
        wanted, source, destination, destinationType, destinationPort, probability, recent);
  }

  public Match from(AddressRange range) {
    return new Match(
        protocol, range, destination, destinationType, destinationPort, probability, recent);
  }

  public Match to(AddressRange range) {
    return new Match(
        protocol, source, range, destinationType, destinationPort, probability, recent);
  }

  public Match toPort(int port) {
    return new Match(protocol, source, destination, destinationType, port, probability, recent);
  }

  public Match toLocal() {
    return new Match(
        protocol, source, destination, DestinationType.LOCAL, destinationPort, probability, recent);
  }

  public Match withProbability(double chance) {
    return new Match(
        protocol, source, destination, destinationType, destinationPort, chance, recent);
  }

  public Match withRecent(Recent memory) {
    return new Match(
        protocol, source, destination, destinationType, destinationPort, probability, memory);
  }
}
