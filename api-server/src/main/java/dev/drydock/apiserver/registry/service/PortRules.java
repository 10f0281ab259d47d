package dev.drydock.apiserver.registry.service;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the ports of a Service must be like.
final class PortRules {
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final int KUBELET = 10250;

  private PortRules() {}

  static void check(Field ports, String type, Violations found) {
    Set<String> names = new HashSet<>();
    boolean several = ports.items().size() > 1;
    for (Field port : ports.items()) {
      checkOne(port, type, several, names, found);
    }
    checkUnique(ports, found);
  }

  private static void checkOne(
      Field port, String type, boolean several, Set<String> names, Violations found) {
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
      found.add(
          FieldError.invalid(
              number.path(), number.number(0), "must be between 1 and 65535, inclusive"));
    }
    if (type.equals("LoadBalancer") && number.number(0) == KUBELET) {
      found.invalid(number, "may not expose port 10250 externally since it is used by kubelet");
    }
    found.requiredOneOf(port.child("protocol"), PROTOCOLS);
    checkTarget(port.child("targetPort"), found);
    if (!port.child("appProtocol").isEmpty()) {
      found.conforms(port.child("appProtocol"), Names::qualified);
    }
    if (port.child("nodePort").number(0) != 0 && type.equals("ClusterIP")) {
      found.forbidden(port.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
    }
  }

  private static void checkTarget(Field target, Violations found) {
    if (target.value().isIntegralNumber()) {
      found.inRange(target, 1, 65535);
    } else if (!target.isEmpty()) {
      found.conforms(target, Names::port);
    }
  }

  private static void checkUnique(Field ports, Violations found) {
    var nodePorts = new HashSet<String>();
    var numbers = new HashSet<String>();
    for (Field port : ports.items()) {
      String protocol = port.child("protocol").text();
      Field nodePort = port.child("nodePort");
      if (nodePort.number(0) != 0 && !nodePorts.add(protocol + "/" + nodePort.number(0))) {
        found.duplicate(nodePort);
      }
    }
    for (Field port : ports.items()) {
      String protocol = port.child("protocol").text();
      long number = port.child("port").number(0);
      if (!numbers.add(protocol + "/" + number)) {
        // The real server shows its inner form of a port here.
        found.add(
            FieldError.duplicate(
                port.path(),
                new ServiceRules.Shown(
                    "{\"Name\":\"\",\"Protocol\":\""
                        + protocol
                        + "\",\"AppProtocol\":null,\"Port\":"
                        + number
                        + ",\"TargetPort\":0,\"NodePort\":0}")));
      }
    }
  }
}
