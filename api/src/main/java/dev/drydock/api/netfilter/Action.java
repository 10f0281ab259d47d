package dev.drydock.api.netfilter;

/// What a rule does with a packet.
public sealed interface Action {

  /// Goes through another chain; when that decides nothing, on to the next rule.
  record Jump(String chain) implements Action {}

  /// Gives the packet another destination, and ends the walk.
  record Dnat(String address, int port) implements Action {}

  /// Refuses the connection.
  record Reject() implements Action {}

  /// Lets the packet vanish.
  record Drop() implements Action {}

  /// Remembers that the source must be replaced, and goes on.
  record MarkMasquerade() implements Action {}

  /// Replaces the source of a marked packet by the node's address; passes others by.
  record Masquerade() implements Action {}

  /// Leaves the chain.
  record Return() implements Action {}
}
