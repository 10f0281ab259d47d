package dev.drydock.apiserver.registry.networking;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// NetworkPolicies.
public final class NetworkPolicyStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /// Every policy is about what comes in; about what goes out only when it says something of it.
  @Override
  public void applyDefaults(ObjectNode policy) {
    ObjectNode spec = Trees.child(policy, "spec");
    if (!Trees.isFilled(spec, "policyTypes")) {
      ArrayNode types = spec.putArray("policyTypes").add("Ingress");
      if (Trees.isFilled(spec, "egress")) {
        types.add("Egress");
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode policy, Violations found) {
    Field spec = Field.root(policy).child("spec");
    Labels.checkSelector(spec.child("podSelector"), found);
    for (Field rule : spec.child("ingress").items()) {
      rule.child("ports").items().forEach(port -> checkPort(port, found));
      rule.child("from").items().forEach(peer -> checkPeer(peer, found));
    }
    for (Field rule : spec.child("egress").items()) {
      rule.child("ports").items().forEach(port -> checkPort(port, found));
      rule.child("to").items().forEach(peer -> checkPeer(peer, found));
    }
    Field types = spec.child("policyTypes");
    if (types.items().size() > 2) {
      found.invalid(types, "may not specify more than two policyTypes");
      return;
    }
    types.items().forEach(type -> found.oneOf(type, List.of("Ingress", "Egress")));
  }

  private static void checkPort(Field rule, Violations found) {
    found.oneOf(rule.child("protocol"), PROTOCOLS);
    Field port = rule.child("port");
    Field end = rule.child("endPort");
    if (port.value().isIntegralNumber()) {
      found.inRange(port, 1, 65535);
      if (end.isPresent()) {
        if (end.number(0) < port.number(0)) {
          found.invalid(end, "must be greater than or equal to `port`");
        }
        found.inRange(end, 1, 65535);
      }
    } else if (port.isPresent()) {
      if (end.isPresent()) {
        found.invalid(end, "may not be specified when `port` is non-numeric");
      }
      found.conforms(port, Names::port);
    } else if (end.isPresent()) {
      found.invalid(end, "may not be specified when `port` is not specified");
    }
  }

  private static void checkPeer(Field peer, Violations found) {
    int kinds = 0;
    for (String selector : List.of("podSelector", "namespaceSelector")) {
      if (peer.child(selector).isPresent()) {
        kinds++;
        Labels.checkSelector(peer.child(selector), found);
      }
    }
    Field block = peer.child("ipBlock");
    if (block.isPresent()) {
      kinds++;
      checkBlock(block, found);
    }
    if (kinds == 0) {
      found.required(peer, "must specify a peer");
    } else if (kinds > 1 && block.isPresent()) {
      found.forbidden(peer, "may not specify both ipBlock and another peer");
    }
  }

  private static void checkBlock(Field block, Violations found) {
    Field cidr = block.child("cidr");
    if (!found.present(cidr, "")) {
      return;
    }
    found.conforms(cidr, IpText::block);
    for (Field except : block.child("except").items()) {
      if (IpText.blockFamily(except.text()) == null) {
        found.invalid(except, IpText.BAD_BLOCK);
      } else if (IpText.blockFamily(cidr.text()) != null
          && !IpText.contains(cidr.text(), except.text())) {
        found.invalid(except, "must be a strict subset of `cidr`");
      }
    }
  }
}
