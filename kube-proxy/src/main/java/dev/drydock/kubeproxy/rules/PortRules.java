package dev.drydock.kubeproxy.rules;

import dev.drydock.api.netfilter.Action;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.api.netfilter.Chain;
import dev.drydock.api.netfilter.Match;
import dev.drydock.api.netfilter.Rule;
import dev.drydock.kubeproxy.changes.ServiceView;
import dev.drydock.kubeproxy.changes.ServiceView.Condition;
import dev.drydock.kubeproxy.changes.ServiceView.Endpoint;
import dev.drydock.kubeproxy.changes.ServiceView.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The rules of one port of one Service.
final class PortRules {
  private final ServiceRules.Building rules;
  private final ServiceView service;
  private final ServiceView.Port port;
  private final AddressRange clusterRange;
  private final String name;
  private final List<Endpoint> cluster;
  private final List<Endpoint> local;

  PortRules(
      ServiceRules.Building rules,
      ServiceView service,
      ServiceView.Port port,
      String node,
      AddressRange clusterRange) {
    this.rules = rules;
    this.service = service;
    this.port = port;
    this.clusterRange = clusterRange;
    this.name = service.portName(port);
    this.cluster = usable(port.endpoints(), _ -> true);
    this.local = usable(port.endpoints(), endpoint -> endpoint.node().equals(node));
  }

  /// The ready ones; when there are none, those that end but still serve.
  private static List<Endpoint> usable(List<Endpoint> all, Predicate<Endpoint> filter) {
    List<Endpoint> ready = with(all, Condition.READY, filter);
    return ready.isEmpty() ? with(all, Condition.SERVING_TERMINATING, filter) : ready;
  }

  private static List<Endpoint> with(
      List<Endpoint> all, Condition condition, Predicate<Endpoint> filter) {
    return all.stream().filter(e -> e.condition() == condition).filter(filter).toList();
  }

  void add() {
    boolean hasOutside =
        port.nodePort() != 0
            || !service.outside().externalIps().isEmpty()
            || !service.outside().loadBalancerIps().isEmpty();
    clusterIp();
    if (hasOutside) {
      outside();
    }
    boolean localExternal = hasOutside && service.traffic().external() == Policy.LOCAL;
    boolean localInternal = service.traffic().internal() == Policy.LOCAL;
    TreeSet<Endpoint> reached = new TreeSet<>();
    if (!cluster.isEmpty() && (hasOutside || !localInternal)) {
      balancing(ChainNames.cluster(name, port.protocol()), cluster);
      reached.addAll(cluster);
    }
    if (!local.isEmpty() && (localExternal || localInternal)) {
      balancing(ChainNames.local(name, port.protocol()), local);
      reached.addAll(local);
    }
    if (!cluster.isEmpty() && hasOutside) {
      externalChain();
    }
    reached.forEach(this::endpointChain);
  }

  private Match packet() {
    return Match.ALL.protocol(port.protocol());
  }

  /// What to do with packets that a policy lets reach only these endpoints.
  private Rule decide(String what, Match match, Policy policy, Action onwards) {
    if (cluster.isEmpty()) {
      return new Rule(name + " has no endpoints", match, new Action.Reject());
    }
    if (policy == Policy.LOCAL && local.isEmpty()) {
      return new Rule(name + " has no local endpoints", match, new Action.Drop());
    }
    return new Rule(name + what, match, onwards);
  }

  private void clusterIp() {
    Match match = packet().to(AddressRange.parse(service.clusterIp())).toPort(port.port());
    rules.services.add(
        decide(
            " cluster IP",
            match,
            service.traffic().internal(),
            new Action.Jump(
                switch (service.traffic().internal()) {
                  case CLUSTER -> ChainNames.cluster(name, port.protocol());
                  case LOCAL -> ChainNames.local(name, port.protocol());
                })));
  }

  private void outside() {
    Policy policy = service.traffic().external();
    var jump = new Action.Jump(ChainNames.external(name, port.protocol()));
    for (String ip : service.outside().externalIps()) {
      Match match = packet().to(AddressRange.parse(ip)).toPort(port.port());
      rules.services.add(decide(" external IP", match, policy, jump));
    }
    for (String ip : service.outside().loadBalancerIps()) {
      Match match = packet().to(AddressRange.parse(ip)).toPort(port.port());
      rules.services.add(decide(" loadbalancer IP", match, policy, jump));
    }
    if (port.nodePort() != 0) {
      rules.nodePorts.add(decide("", packet().toPort(port.nodePort()), policy, jump));
      if (port.protocol().equals("tcp") && !cluster.isEmpty()) {
        rules.listenPorts.add(port.nodePort());
      }
    }
  }

  /// From outside: hide the client, so that the answer comes back through this node; with policy
  /// Local keep it, and stay on this node. Pods of the cluster go anywhere in both cases.
  private void externalChain() {
    String clusterChain = ChainNames.cluster(name, port.protocol());
    List<Rule> chain = new ArrayList<>();
    switch (service.traffic().external()) {
      case CLUSTER -> {
        chain.add(
            new Rule(
                "masquerade traffic for " + name + " external destinations",
                Match.ALL,
                new Action.Jump(ServiceRules.MARK_MASQUERADE)));
        chain.add(new Rule("", Match.ALL, new Action.Jump(clusterChain)));
      }
      case LOCAL -> {
        if (!clusterRange.isAny()) {
          chain.add(
              new Rule(
                  "pod traffic for " + name + " external destinations",
                  Match.ALL.from(clusterRange),
                  new Action.Jump(clusterChain)));
        }
        if (!local.isEmpty()) {
          chain.add(
              new Rule("", Match.ALL, new Action.Jump(ChainNames.local(name, port.protocol()))));
        }
      }
    }
    rules.perService.add(new Chain(ChainNames.external(name, port.protocol()), chain));
  }

  /// Spreads over endpoints: the first of n takes 1/n, the next 1/(n-1) of the rest, the last all.
  private void balancing(String chainName, List<Endpoint> endpoints) {
    List<Rule> chain = new ArrayList<>();
    if (!clusterRange.isAny()) {
      chain.add(
          new Rule(
              name + " cluster IP",
              packet()
                  .to(AddressRange.parse(service.clusterIp()))
                  .toPort(port.port())
                  .from(clusterRange.negated()),
              new Action.Jump(ServiceRules.MARK_MASQUERADE)));
    }
    int affinity = service.traffic().affinitySeconds();
    if (affinity > 0) {
      for (Endpoint endpoint : endpoints) {
        chain.add(
            new Rule(
                name + " -> " + endpoint,
                Match.ALL.withRecent(new Match.Recent.UsedWithin(affinity)),
                new Action.Jump(chainOf(endpoint))));
      }
    }
    int left = endpoints.size();
    for (Endpoint endpoint : endpoints) {
      Match chance = left == 1 ? Match.ALL : Match.ALL.withProbability(1.0 / left);
      chain.add(new Rule(name + " -> " + endpoint, chance, new Action.Jump(chainOf(endpoint))));
      left--;
    }
    rules.perService.add(new Chain(chainName, chain));
  }

  private String chainOf(Endpoint endpoint) {
    return ChainNames.endpoint(name, port.protocol(), endpoint.toString());
  }

  private void endpointChain(Endpoint endpoint) {
    Match match =
        service.traffic().affinitySeconds() > 0
            ? packet().withRecent(new Match.Recent.Remember())
            : packet();
    rules.perService.add(
        new Chain(
            chainOf(endpoint),
            List.of(
                new Rule(
                    name,
                    Match.ALL.from(AddressRange.parse(endpoint.address())),
                    new Action.Jump(ServiceRules.MARK_MASQUERADE)),
                new Rule(name, match, new Action.Dnat(endpoint.address(), endpoint.port())))));
  }
}
