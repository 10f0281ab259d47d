package dev.drydock.apiserver.aggregation;

import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a server can be there at all, by the look of its Service.
final class AvailabilityRules {
  private AvailabilityRules() {}

  /// What keeps the server from being reached; empty: it must be asked itself.
  ///
  /// @param service the Service; null: there is none
  /// @param endpoints the Endpoints of the same name; null: there are none
  static Optional<Availability> obstacle(
      Backend backend, @Nullable ObjectNode service, @Nullable ObjectNode endpoints) {
    String named = "service/" + backend.service() + " in \"" + backend.namespace() + "\"";
    if (service == null) {
      return refuse("ServiceNotFound", named + " is not present");
    }
    String type = Trees.text(service, "spec", "type");
    if (!type.isEmpty() && !type.equals("ClusterIP")) {
      return Optional.empty();
    }
    JsonNode port = port(service, backend.port());
    if (port.isMissingNode()) {
      return refuse("ServicePortError", named + " is not listening on port " + backend.port());
    }
    if (endpoints == null) {
      return refuse("EndpointsNotFound", "cannot find endpoints for " + named);
    }
    String portName = Trees.text(port, "name");
    return hasAddress(endpoints, portName)
        ? Optional.empty()
        : refuse(
            "MissingEndpoints",
            "endpoints for " + named + " have no addresses with port name \"" + portName + "\"");
  }

  private static Optional<Availability> refuse(String reason, String message) {
    return Optional.of(Availability.no(reason, message));
  }

  private static JsonNode port(ObjectNode service, int number) {
    for (ObjectNode port : Trees.objects(service, "spec", "ports")) {
      if (Trees.number(port, 0, "port") == number) {
        return port;
      }
    }
    return Trees.at(service, "nothing");
  }

  private static boolean hasAddress(ObjectNode endpoints, String portName) {
    return Trees.objects(endpoints, "subsets").stream()
        .filter(subset -> !Trees.objects(subset, "addresses").isEmpty())
        .flatMap(subset -> Trees.objects(subset, "ports").stream())
        .anyMatch(port -> Trees.text(port, "name").equals(portName));
  }
}
