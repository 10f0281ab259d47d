package dev.drydock.apiserver.registry.endpoints;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints: the older form of [EndpointSliceStrategy]'s kind.
public final class EndpointsStrategy implements ResourceStrategy {
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  @Override
  public void validateCreate(ObjectNode endpoints, Violations found) {
    for (Field subset : Field.root(endpoints).child("subsets").items()) {
      if (subset.child("addresses").isEmpty() && subset.child("notReadyAddresses").isEmpty()) {
        found.required(subset, "must specify `addresses` or `notReadyAddresses`");
      }
      for (String list : List.of("addresses", "notReadyAddresses")) {
        for (Field address : subset.child(list).items()) {
          Addresses.check(address.child("ip"), found);
        }
      }
      boolean several = subset.child("ports").items().size() > 1;
      for (Field port : subset.child("ports").items()) {
        if (several) {
          found.present(port.child("name"), "");
        }
        found.inRange(port.child("port"), 1, 65535);
        found.oneOf(port.child("protocol"), PROTOCOLS);
      }
    }
  }
}
