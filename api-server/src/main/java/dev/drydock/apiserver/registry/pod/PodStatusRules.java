package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What may be written into the status of a pod.
final class PodStatusRules {
  private PodStatusRules() {}

  static void check(ObjectNode pod, Violations found) {
    Field status = Field.root(pod).child("status");
    Field nominated = status.child("nominatedNodeName");
    if (!nominated.isEmpty()) {
      found.conforms(nominated, Names::subdomain);
    }
    for (Field condition : status.child("conditions").items()) {
      found.conforms(condition.child("type"), Names::qualified);
    }
    for (String list : List.of("podIPs", "hostIPs")) {
      for (Field address : status.child(list).items()) {
        IpText.check(address.child("ip"), found);
      }
    }
  }
}
