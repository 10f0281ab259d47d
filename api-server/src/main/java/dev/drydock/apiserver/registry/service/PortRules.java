package dev.drydock.apiserver.registry.service;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the ports of a Service must be like.
final class PortRules {
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  private PortRules() {}

  static void check(Field ports, Violations found) {
    Set<String> names = new HashSet<>();
    boolean several = ports.items().size() > 1;
    for (Field port : ports.items()) {
      checkOne(port, several, names, found);
    }
  }

  private static void checkOne(Field port, boolean several, Set<String> names, Violations found) {
    Field name = port.child("name");
    if (several && name.isEmpty()) {
      found.required(name, "");
    } else if (!name.isEmpty()) {
      found.conforms(name, Names::label);
      if (!names.add(name.text())) {
        found.duplicate(name);
      }
    }
    Field number = port.child("port");
    if (number.number(0) < 1 || number.number(0) > 65535) {
      found.invalid(number, number.number(0), "must be between 1 and 65535, inclusive");
    }
    found.requiredOneOf(port.child("protocol"), PROTOCOLS);
    checkTarget(port.child("targetPort"), found);
    if (port.child("appProtocol").isPresent()) {
      found.conforms(port.child("appProtocol"), Names::qualified);
    }
  }

  private static void checkTarget(Field target, Violations found) {
    if (target.value().isIntegralNumber()) {
      found.inRange(target, 1, 65535);
    } else if (!target.isEmpty()) {
      found.conforms(target, Names::port);
    }
  }

  /// Ports of nodes, and that each port is there once.
  static void checkNodePorts(Field ports, String type, Violations found) {
    if (type.equals("ClusterIP")) {
      for (Field port : ports.items()) {
        if (port.child("nodePort").number(0) != 0) {
          found.forbidden(port.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
        }
      }
    }
    var nodePorts = new HashSet<String>();
    for (Field port : ports.items()) {
      Field nodePort = port.child("nodePort");
      String key = port.child("protocol").text() + "/" + nodePort.number(0);
      if (nodePort.number(0) != 0 && !nodePorts.add(key)) {
        found.duplicate(nodePort);
      }
    }
    var numbers = new HashSet<String>();
    for (Field port : ports.items()) {
      String protocol = port.child("protocol").text();
      long number = port.child("port").number(0);
      if (!numbers.add(protocol + "/" + number)) {
        found.add(
            FieldError.duplicate(
                port.path(),
                new InnerForm(
                    "{\"Name\":\"\",\"Protocol\":\""
                        + protocol
                        + "\",\"AppProtocol\":null,\"Port\":"
                        + number
                        + ",\"TargetPort\":0,\"NodePort\":0}")));
      }
    }
  }
}
