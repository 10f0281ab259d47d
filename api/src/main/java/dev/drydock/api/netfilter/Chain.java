package dev.drydock.api.netfilter;

import java.util.List;

/// Rules in order, under a name.
public record Chain(String name, List<Rule> rules) {
  /// Where packets from the network and from pods begin.
  public static final String PREROUTING = "PREROUTING";

  /// Where packets of the node's own programs begin.
  public static final String OUTPUT = "OUTPUT";

  /// What every packet goes through at last.
  public static final String POSTROUTING = "POSTROUTING";

  public Chain {
    rules = List.copyOf(rules);
  }
}
