package dev.drydock.apiserver.registry.endpoints;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// EndpointSlices.
public final class EndpointSliceStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final int MOST_ENDPOINTS = 1000;
  private static final int MOST_PORTS = 20000;
  private static final int MOST_ADDRESSES = 100;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode slice, Violations found) {
    Field root = Field.root(slice);
    Field type = root.child("addressType");
    if (found.present(type, "")) {
      found.oneOf(type, ADDRESS_TYPES);
    }
    checkCount(root.child("endpoints"), MOST_ENDPOINTS, found);
    checkCount(root.child("ports"), MOST_PORTS, found);
    for (Field endpoint : root.child("endpoints").items()) {
      Field addresses = endpoint.child("addresses");
      if (addresses.isEmpty()) {
        found.required(addresses, "must contain at least 1 address");
      }
      checkCount(addresses, MOST_ADDRESSES, found);
      for (Field address : addresses.items()) {
        if (type.text().equals("FQDN")) {
          found.conforms(address, Names::subdomain);
        } else {
          Addresses.check(address, found);
        }
      }
    }
    var names = new HashSet<String>();
    for (Field port : root.child("ports").items()) {
      if (!port.child("name").isEmpty()) {
        found.conforms(port.child("name"), Names::label);
      }
      if (!names.add(port.child("name").text())) {
        found.duplicate(port.child("name"));
      }
      found.oneOf(port.child("protocol"), PROTOCOLS);
      if (port.child("port").isPresent()) {
        found.inRange(port.child("port"), 1, 65535);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode slice, ObjectNode before, Violations found) {
    validateCreate(slice, found);
    found.unchanged(Field.root(slice).child("addressType"), Trees.at(before, "addressType"));
  }

  private static void checkCount(Field list, int most, Violations found) {
    int size = list.value().size();
    if (size > most) {
      found.add(
          new FieldError(
              FieldError.Type.TOO_MANY,
              list.path(),
              "Too many: " + size + ": must have at most " + most + " items"));
    }
  }
}
