package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/// What the author of a container should know although it is allowed.
final class ContainerWarnings {
  private ContainerWarnings() {}

  static void tell(Field container, Violations found) {
    Field resources = container.child("resources");
    for (String resource : List.of("memory", "ephemeral-storage")) {
      for (String list : List.of("limits", "requests")) {
        PodWarnings.tellFraction(resources.child(list), resource, found);
      }
    }
    var names = new HashSet<String>();
    for (Field variable : container.child("env").items()) {
      String name = variable.child("name").text();
      String value = variable.child("value").text();
      String reference = "$(" + name + ")";
      boolean hides =
          variable.child("valueFrom").isPresent()
              || value.equals(reference)
              || !value.contains(reference);
      if (!names.add(name) && hides) {
        found.warn(
            variable
                + ": hides previous definition of \""
                + name
                + "\", which may be dropped when using apply");
      }
    }
  }

  /// Ports that contend, in whichever containers they stand.
  static void tellPorts(List<Field> containers, Violations found) {
    var seen = new HashMap<String, List<Field>>();
    for (Field container : containers) {
      for (Field port : container.child("ports").items()) {
        if (!port.child("hostIP").isEmpty() && hostPort(port) == 0) {
          found.warn(port + ": hostIP set without hostPort: " + shown(port));
        }
        String key = port.child("containerPort").number(0) + "/" + port.child("protocol").text();
        List<Field> others = seen.computeIfAbsent(key, _ -> new ArrayList<>());
        for (Field other : others) {
          tellPair(port, other, found);
        }
        others.add(port);
      }
    }
  }

  private static void tellPair(Field port, Field other, Violations found) {
    String address = port.child("hostIP").text();
    String otherAddress = other.child("hostIP").text();
    if (address.equals(otherAddress) && hostPort(port) == hostPort(other)) {
      found.warn(port + ": duplicate port definition with " + other);
    } else if (hostPort(port) == 0 || hostPort(other) == 0) {
      found.warn(port + ": overlapping port definition with " + other);
    } else if (hostPort(port) == hostPort(other) && address.isEmpty() != otherAddress.isEmpty()) {
      found.warn(port + ": dangerously ambiguous port definition with " + other);
    }
  }

  private static long hostPort(Field port) {
    return port.child("hostPort").number(0);
  }

  /// As the real server prints its inner form.
  private static String shown(Field port) {
    return "{Name:"
        + port.child("name").text()
        + " HostPort:"
        + hostPort(port)
        + " ContainerPort:"
        + port.child("containerPort").number(0)
        + " Protocol:"
        + port.child("protocol").text()
        + " HostIP:"
        + port.child("hostIP").text()
        + "}";
  }
}
