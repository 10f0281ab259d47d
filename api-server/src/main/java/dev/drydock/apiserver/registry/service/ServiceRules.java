package dev.drydock.apiserver.registry.service;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.allocation.AddressRange;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the spec of a Service must be like.
final class ServiceRules {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final int LONGEST_AFFINITY = 86400;

  private ServiceRules() {}

  /// JSON in a message.
  record Shown(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  static void check(Field spec, Violations found) {
    String type = spec.child("type").text();
    boolean headless = spec.child("clusterIP").text().equals(ServiceStrategy.NONE);
    Field ports = spec.child("ports");
    if (ports.isEmpty() && !headless && !type.equals(ServiceStrategy.EXTERNAL_NAME)) {
      found.required(ports, "");
    }
    if (found.present(spec.child("type"), "")) {
      found.oneOf(spec.child("type"), TYPES);
    }
    checkAddresses(spec, type, found);
    checkPorts(ports, type, found);
    Labels.check(spec.child("selector"), found);
    checkAffinity(spec, found);
    found.oneOf(spec.child("externalTrafficPolicy"), List.of("Cluster", "Local"));
    found.oneOf(spec.child("internalTrafficPolicy"), List.of("Cluster", "Local"));
    for (Field address : spec.child("externalIPs").items()) {
      if (!AddressRange.isAddress(address.text()) && !address.text().contains(":")) {
        found.invalid(address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
      }
    }
  }

  private static void checkAddresses(Field spec, String type, Violations found) {
    Field addresses = spec.child("clusterIPs");
    if (type.equals(ServiceStrategy.EXTERNAL_NAME)) {
      if (!addresses.isEmpty()) {
        found.forbidden(addresses.items().getFirst(), "may not be set for ExternalName services");
      }
      Field name = spec.child("externalName");
      String host =
          name.text().endsWith(".")
              ? name.text().substring(0, name.text().length() - 1)
              : name.text();
      if (host.isEmpty()) {
        found.required(name, "");
      } else {
        Names.subdomain(host).forEach(problem -> found.invalid(name, problem));
      }
      return;
    }
    for (Field address : addresses.items()) {
      if (address.text().equals(ServiceStrategy.NONE)) {
        if (ServiceStrategy.hasNodePorts(type)) {
          found.invalid(address, "may not be set to 'None' for " + type + " services");
        }
      } else if (!AddressRange.isAddress(address.text())) {
        found.invalid(address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
      }
    }
    if (!addresses.isEmpty()
        && !addresses.items().getFirst().text().equals(spec.child("clusterIP").text())) {
      found.invalid(addresses, "first value must match `clusterIP`");
    }
  }

  private static void checkPorts(Field ports, String type, Violations found) {
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    Set<String> nodePorts = new HashSet<>();
    boolean several = ports.items().size() > 1;
    for (Field port : ports.items()) {
      Field name = port.child("name");
      if (several && name.isEmpty()) {
        found.required(name, "");
      } else if (!name.isEmpty()) {
        found.conforms(name, Names::label);
        if (!names.add(name.text())) {
          found.duplicate(name);
        }
      }
      found.inRange(port.child("port"), 1, 65535);
      if (port.child("port").number(0) == 0) {
        found.invalid(port.child("port"), "must be between 1 and 65535, inclusive");
      }
      found.oneOf(port.child("protocol"), PROTOCOLS);
      checkTarget(port.child("targetPort"), found);
      checkNodePort(port, type, nodePorts, found);
      String protocol = port.child("protocol").text();
      String pair = protocol + "/" + port.child("port").number(0);
      if (!numbers.add(pair)) {
        found.add(
            FieldError.duplicate(
                port.path(),
                new Shown(
                    "{\"protocol\":\""
                        + protocol
                        + "\",\"port\":"
                        + port.child("port").number(0)
                        + "}")));
      }
    }
  }

  private static void checkTarget(Field target, Violations found) {
    if (target.value().isIntegralNumber()) {
      found.inRange(target, 1, 65535);
    } else if (!target.isEmpty()) {
      found.conforms(target, Names::port);
    }
  }

  private static void checkNodePort(Field port, String type, Set<String> taken, Violations found) {
    Field nodePort = port.child("nodePort");
    if (nodePort.number(0) == 0) {
      return;
    }
    if (!ServiceStrategy.hasNodePorts(type)) {
      found.forbidden(nodePort, "may not be used when `type` is '" + type + "'");
    }
    String pair = port.child("protocol").text() + "/" + nodePort.number(0);
    if (!taken.add(pair)) {
      found.duplicate(nodePort);
    }
  }

  private static void checkAffinity(Field spec, Violations found) {
    Field affinity = spec.child("sessionAffinity");
    found.oneOf(affinity, List.of("ClientIP", "None"));
    Field seconds = spec.child("sessionAffinityConfig", "clientIP").child("timeoutSeconds");
    if (affinity.text().equals("ClientIP")
        && seconds.isPresent()
        && (seconds.number(1) <= 0 || seconds.number(1) > LONGEST_AFFINITY)) {
      found.invalid(seconds, "must be greater than 0 and less than " + LONGEST_AFFINITY);
    }
  }
}
