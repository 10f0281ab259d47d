package dev.drydock.lab.process;

import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Topology;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Asks components whether they are ready, each in its own way.
final class Probe {
  private static final int PATIENCE_MILLIS = 1_000;

  private final Topology topology;
  private final LabApi api;

  Probe(Topology topology, LabApi api) {
    this.topology = topology;
    this.api = api;
  }

  boolean isReady(Component component) {
    String controlPlane = topology.block().controlPlane();
    return switch (component.role()) {
      case ETCD -> listens(controlPlane, Arguments.ETCD_PORT);
      case API_SERVER -> apiServerIsReady();
      case CONTROLLER_MANAGER -> answers(controlPlane, Arguments.CONTROLLER_MANAGER_PORT);
      case SCHEDULER -> answers(controlPlane, Arguments.SCHEDULER_PORT);
      case KUBELET ->
          answers(
              topology.address(component.onNode().orElseThrow()), Arguments.KUBELET_HEALTH_PORT);
      case KUBE_PROXY ->
          answers(topology.address(component.onNode().orElseThrow()), Arguments.PROXY_HEALTH_PORT);
    };
  }

  /// Names of the nodes whose Ready condition is True; empty while the api-server does not answer.
  Set<String> readyNodes() {
    var ready = new HashSet<String>();
    try {
      for (JsonNode node : api.getJson("/api/v1/nodes?resourceVersion=0").path("items")) {
        for (JsonNode condition : node.path("status").path("conditions")) {
          if (condition.path("type").asString("").equals("Ready")
              && condition.path("status").asString("").equals("True")) {
            ready.add(node.path("metadata").path("name").asString(""));
          }
        }
      }
    } catch (IOException e) {
      return Set.of();
    }
    return ready;
  }

  private boolean apiServerIsReady() {
    try {
      return api.get("/readyz").startsWith("ok");
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether somebody listens there.
  static boolean listens(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean answers(String host, int port) {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://" + host + ":" + port + "/healthz").toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
