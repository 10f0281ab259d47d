package dev.drydock.api.netfilter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All NAT rules of a node.
public final class RuleTable {
  public static final RuleTable EMPTY = new RuleTable(List.of());

  private final List<Chain> chains;
  private final Map<String, Chain> byName = new HashMap<>();

  /// @param chains in the order in which they are to be listed; names are unique
  public RuleTable(List<Chain> chains) {
    this.chains = List.copyOf(chains);
    this.chains.forEach(chain -> byName.put(chain.name(), chain));
  }

  public List<Chain> chains() {
    return chains;
  }

  public Optional<Chain> chain(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// How many rules there are in all chains.
  public int size() {
    return chains.stream().mapToInt(chain -> chain.rules().size()).sum();
  }

  /// As `iptables-save -t nat` prints it.
  public String text() {
    var out = new StringBuilder("*nat\n");
    for (Chain chain : chains) {
      boolean builtIn = !chain.name().startsWith("KUBE-");
      out.append(':').append(chain.name()).append(builtIn ? " ACCEPT" : " -");
      out.append(" [0:0]\n");
    }
    for (Chain chain : chains) {
      for (Rule rule : chain.rules()) {
        out.append(rule.text(chain.name())).append('\n');
      }
    }
    return out.append("COMMIT\n").toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleTable table && chains.equals(table.chains);
  }

  @Override
  public int hashCode() {
    return chains.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
