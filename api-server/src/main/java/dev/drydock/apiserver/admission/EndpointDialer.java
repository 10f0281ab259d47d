package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.webhook.ClientConfig.Place;
import dev.drydock.apiserver.webhook.Dialer;
import dev.drydock.apiserver.webhook.PodDoor;
import dev.drydock.apiserver.webhook.WebhookException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reaches Services through their ready endpoints, one of them by chance: cluster addresses exist
/// only inside simulated nodes.
///
/// @param random chooses among endpoints
/// @param pods leads to those that are simulated
public record EndpointDialer(Lookup lookup, RandomGenerator random, PodDoor pods)
    implements Dialer {
  private static final String SLICES = "endpointslices.discovery.k8s.io";
  private static final String SERVICE_OF_SLICE = "kubernetes.io/service-name";

  private static final int KUBELET_PORT = 10250;

  /// A ready endpoint.
  ///
  /// @param node empty: it has none
  private record Endpoint(String node, String address, int port) {

    /// Whether it has a real address.
    boolean isReal() {
      return node.isEmpty() || address.startsWith("127.");
    }
  }

  @Override
  public Socket dial(Place.Service service, Duration timeout) throws WebhookException, IOException {
    ObjectNode object =
        lookup
            .find("services", service.namespace(), service.name(), Age.ANY)
            .orElseThrow(
                () -> new WebhookException("service \"" + service.name() + "\" not found"));
    JsonNode spec = object.path("spec");
    if (spec.path("type").stringValue("").equals("ExternalName")) {
      return dial(spec.path("externalName").stringValue(""), service.port(), timeout);
    }
    String portName = portName(spec, service);
    List<Endpoint> endpoints = endpoints(service, portName);
    if (endpoints.isEmpty()) {
      throw new WebhookException("no endpoints available for service \"" + service.name() + "\"");
    }
    Endpoint chosen = endpoints.get(random.nextInt(endpoints.size()));
    return chosen.isReal()
        ? dial(chosen.address(), chosen.port(), timeout)
        : pods.connect(
            kubelet(chosen.node()),
            InetSocketAddress.createUnresolved(chosen.address(), chosen.port()));
  }

  private InetSocketAddress kubelet(String node) throws IOException {
    JsonNode status =
        lookup
            .find("nodes", "", node, Age.ANY)
            .orElseThrow(() -> new NoRouteToHostException("node \"" + node + "\" not found"))
            .path("status");
    int port =
        status.path("daemonEndpoints").path("kubeletEndpoint").path("Port").asInt(KUBELET_PORT);
    for (JsonNode address : status.path("addresses")) {
      if (address.path("type").stringValue("").equals("InternalIP")) {
        return new InetSocketAddress(address.path("address").stringValue(""), port);
      }
    }
    throw new NoRouteToHostException("no preferred addresses found for node \"" + node + "\"");
  }

  private static String portName(JsonNode spec, Place.Service service) throws WebhookException {
    for (JsonNode port : spec.path("ports")) {
      if (port.path("port").asInt(0) == service.port()) {
        return port.path("name").stringValue("");
      }
    }
    throw new WebhookException(
        "no service port " + service.port() + " found for service \"" + service.name() + "\"");
  }

  private List<Endpoint> endpoints(Place.Service service, String portName) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (ObjectNode slice : lookup.list(SLICES, service.namespace(), Age.ANY)) {
      JsonNode labels = slice.path("metadata").path("labels");
      if (!labels.path(SERVICE_OF_SLICE).stringValue("").equals(service.name())) {
        continue;
      }
      int port = 0;
      for (JsonNode offered : slice.path("ports")) {
        if (offered.path("name").stringValue("").equals(portName)) {
          port = offered.path("port").asInt(0);
        }
      }
      for (JsonNode endpoint : slice.path("endpoints")) {
        if (port > 0 && endpoint.path("conditions").path("ready").booleanValue(true)) {
          endpoints.add(
              new Endpoint(
                  endpoint.path("nodeName").stringValue(""),
                  endpoint.path("addresses").path(0).stringValue(""),
                  port));
        }
      }
    }
    return endpoints;
  }
}
