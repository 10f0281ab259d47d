package dev.drydock.apiserver.registry.endpoints;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints: the older form of [EndpointSliceStrategy]'s kind.
public final class EndpointsStrategy implements ResourceStrategy {
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  @Override
  public boolean isCreatedByUpdates() {
    return true;
  }

  @Override
  public void validateCreate(ObjectNode endpoints, Violations found) {
    for (Field subset : Field.root(endpoints).child("subsets").items()) {
      if (subset.child("addresses").isEmpty() && subset.child("notReadyAddresses").isEmpty()) {
        found.required(subset, "must specify `addresses` or `notReadyAddresses`");
      }
      for (String list : List.of("addresses", "notReadyAddresses")) {
        subset.child(list).items().forEach(address -> checkAddress(address, found));
      }
      boolean several = subset.child("ports").items().size() > 1;
      for (Field port : subset.child("ports").items()) {
        checkPort(port, several, found);
      }
    }
  }

  private static void checkAddress(Field address, Violations found) {
    IpText.check(address.child("ip"), found);
    if (!address.child("hostname").isEmpty()) {
      found.conforms(address.child("hostname"), Names::label);
    }
    if (address.child("nodeName").isPresent()) {
      found.conforms(address.child("nodeName"), Names::subdomain);
    }
    Addresses.checkRoutable(address.child("ip"), found);
    IpText.tellUnusual(address.child("ip"), found);
  }

  private static void checkPort(Field port, boolean several, Violations found) {
    if (several && port.child("name").isEmpty()) {
      found.required(port.child("name"), "");
    } else if (!port.child("name").isEmpty()) {
      found.conforms(port.child("name"), Names::label);
    }
    Field number = port.child("port");
    if (number.number(0) < 1 || number.number(0) > 65535) {
      found.invalid(number, number.number(0), "must be between 1 and 65535, inclusive");
    }
    found.requiredOneOf(port.child("protocol"), PROTOCOLS);
    if (port.child("appProtocol").isPresent()) {
      found.conforms(port.child("appProtocol"), Names::qualified);
    }
  }
}
