package dev.drydock.kubeproxy.rules;

import dev.drydock.api.netfilter.RuleTable;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Everything that a node's kernel must know.
///
/// @param listenPorts TCP ports of the node that must be open to the outside
public record RuleSet(RuleTable table, SortedSet<Integer> listenPorts) {
  public static final RuleSet EMPTY = new RuleSet(RuleTable.EMPTY, new TreeSet<>());

  public RuleSet {
    listenPorts = Collections.unmodifiableSortedSet(new TreeSet<>(listenPorts));
  }
}
