package dev.drydock.apiserver.registry.endpoints;

import dev.drydock.apiserver.registry.strategy.Domains;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.NameRule;
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
  private static final int MOST_HINTS = 8;
  private static final int MOST_TOPOLOGY_LABELS = 16;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode slice, Violations found) {
    Field root = Field.root(slice);
    Field type = root.child("addressType");
    found.requiredOneOf(type, ADDRESS_TYPES);
    if (found.atMost(root.child("endpoints"), MOST_ENDPOINTS)) {
      for (Field endpoint : root.child("endpoints").items()) {
        checkEndpoint(endpoint, type.text(), found);
      }
    }
    if (found.atMost(root.child("ports"), MOST_PORTS)) {
      checkPorts(root.child("ports"), found);
    }
    if (type.text().equals("FQDN")) {
      found.warn("EndpointSlice addressType FQDN is deprecated and non-functional");
    }
  }

  private static void checkEndpoint(Field endpoint, String type, Violations found) {
    Field addresses = endpoint.child("addresses");
    if (addresses.isEmpty()) {
      found.required(addresses, "must contain at least 1 address");
    } else {
      found.atMost(addresses, MOST_ADDRESSES);
    }
    for (Field address : addresses.items()) {
      switch (type) {
        case "FQDN" -> Domains.checkHost(address, found);
        case "IPv4" -> checkFamily(address, IpText.Family.IPV4, found);
        case "IPv6" -> checkFamily(address, IpText.Family.IPV6, found);
        default -> {
          // the type is what is wrong
        }
      }
    }
    if (endpoint.child("nodeName").isPresent()) {
      found.conforms(endpoint.child("nodeName"), Names::subdomain);
    }
    Field topology = endpoint.child("deprecatedTopology");
    found.atMost(topology, MOST_TOPOLOGY_LABELS);
    Labels.check(topology, found);
    if (topology.value().has("kubernetes.io/hostname")) {
      found.forbidden(
          topology.child("kubernetes.io/hostname"), "may not contain a node name entry");
    }
    if (endpoint.child("hostname").isPresent()) {
      found.conforms(endpoint.child("hostname"), Names::label);
    }
    checkHints(endpoint.child("hints", "forZones"), Names::qualified, found);
    checkHints(endpoint.child("hints", "forNodes"), Names::subdomain, found);
  }

  private static void checkHints(Field hints, NameRule rule, Violations found) {
    if (!found.atMost(hints, MOST_HINTS)) {
      return;
    }
    var names = new HashSet<String>();
    for (Field hint : hints.items()) {
      if (!names.add(hint.child("name").text())) {
        found.duplicate(hint.child("name"));
      }
      found.conforms(hint.child("name"), rule);
    }
  }

  private static void checkFamily(Field address, IpText.Family family, Violations found) {
    IpText.Family is = IpText.family(address.text());
    if (is == null || is == family) {
      Addresses.check(address, found);
    } else {
      found.invalid(
          address,
          family == IpText.Family.IPV4 ? "must be an IPv4 address" : "must be an IPv6 address");
    }
  }

  private static void checkPorts(Field ports, Violations found) {
    var names = new HashSet<String>();
    for (Field port : ports.items()) {
      Field name = port.child("name");
      if (!name.isEmpty()) {
        found.conforms(name, Names::label);
      }
      if (!names.add(name.text())) {
        found.duplicate(name);
      }
      if (port.child("port").isPresent()) {
        found.inRange(port.child("port"), 1, 65535);
      }
      found.requiredOneOf(port.child("protocol"), PROTOCOLS);
      if (!port.child("appProtocol").isEmpty()) {
        found.conforms(port.child("appProtocol"), Names::qualified);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode slice, ObjectNode before, Violations found) {
    validateCreate(slice, found);
    found.unchanged(Field.root(slice).child("addressType"), Trees.at(before, "addressType"));
  }
}
