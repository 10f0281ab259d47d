package dev.drydock.apiserver.registry.service;

import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// What a stored Service holds.
public final class ServiceHoldings {
  private ServiceHoldings() {}

  /// Its cluster address; empty: none.
  public static String address(ObjectNode service) {
    String address = Trees.text(service, "spec", "clusterIP");
    return address.equals(ServiceStrategy.NONE)
            || Trees.text(service, "spec", "type").equals(ServiceStrategy.EXTERNAL_NAME)
        ? ""
        : address;
  }

  /// Its node ports, that of its health checks too.
  public static Set<Integer> nodePorts(ObjectNode service) {
    var held = new TreeSet<Integer>();
    for (ObjectNode port : Trees.objects(service, "spec", "ports")) {
      int nodePort = (int) Trees.number(port, 0, "nodePort");
      if (nodePort != 0) {
        held.add(nodePort);
      }
    }
    int health = (int) Trees.number(service, 0, "spec", "healthCheckNodePort");
    if (health != 0) {
      held.add(health);
    }
    return held;
  }
}
