package dev.drydock.kubeproxy.rules;

import dev.drydock.api.netfilter.Action;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.api.netfilter.Chain;
import dev.drydock.api.netfilter.Match;
import dev.drydock.api.netfilter.Rule;
import dev.drydock.api.netfilter.RuleTable;
import dev.drydock.kubeproxy.changes.ServiceView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Makes a node's rules from all Services, with the chains, names and comments of the real
/// kube-proxy in iptables mode. Where that one uses the filter table (no endpoints: reject; no
/// local ones: drop), the rule stands in the same chain of our only table.
///
/// ```
/// PREROUTING, OUTPUT -> KUBE-SERVICES -> KUBE-SVC-x -> KUBE-SEP-y -> DNAT
///                          |  (outside)-> KUBE-EXT-x -^ (or KUBE-SVL-x: local endpoints)
///                          +-> KUBE-NODEPORTS -> KUBE-EXT-x
/// ```
public final class ServiceRules {
  static final String SERVICES = "KUBE-SERVICES";
  static final String NODE_PORTS = "KUBE-NODEPORTS";
  static final String MARK_MASQUERADE = "KUBE-MARK-MASQ";
  static final String POSTROUTING = "KUBE-POSTROUTING";

  private final String node;
  private final AddressRange clusterRange;

  /// @param node whose rules they are: decides which endpoints are local
  /// @param clusterRange pod addresses; what comes from elsewhere is masqueraded. Any: nothing is
  public ServiceRules(String node, AddressRange clusterRange) {
    this.node = node;
    this.clusterRange = clusterRange;
  }

  /// The rules for exactly these Services, in their order.
  public RuleSet of(List<ServiceView> services) {
    var rules = new Building();
    for (ServiceView service : services) {
      for (ServiceView.Port port : service.ports()) {
        new PortRules(rules, service, port, node, clusterRange).add();
      }
    }
    return rules.finish();
  }

  /// Chains in the making.
  static final class Building {
    final List<Rule> services = new ArrayList<>();
    final List<Rule> nodePorts = new ArrayList<>();
    final List<Chain> perService = new ArrayList<>();
    final TreeSet<Integer> listenPorts = new TreeSet<>();

    RuleSet finish() {
      services.add(
          new Rule(
              "kubernetes service nodeports; NOTE: this must be the last rule in this chain",
              Match.ALL.toLocal(),
              new Action.Jump(NODE_PORTS)));
      Rule portals = new Rule("kubernetes service portals", Match.ALL, new Action.Jump(SERVICES));
      List<Chain> chains = new ArrayList<>();
      chains.add(new Chain(Chain.PREROUTING, List.of(portals)));
      chains.add(new Chain(Chain.OUTPUT, List.of(portals)));
      chains.add(
          new Chain(
              Chain.POSTROUTING,
              List.of(
                  new Rule(
                      "kubernetes postrouting rules", Match.ALL, new Action.Jump(POSTROUTING)))));
      chains.add(
          new Chain(
              MARK_MASQUERADE, List.of(new Rule("", Match.ALL, new Action.MarkMasquerade()))));
      chains.add(new Chain(NODE_PORTS, nodePorts));
      chains.add(
          new Chain(
              POSTROUTING,
              List.of(
                  new Rule(
                      "kubernetes service traffic requiring SNAT",
                      Match.ALL,
                      new Action.Masquerade()))));
      chains.add(new Chain(SERVICES, services));
      chains.addAll(perService);
      return new RuleSet(new RuleTable(chains), listenPorts);
    }
  }
}
