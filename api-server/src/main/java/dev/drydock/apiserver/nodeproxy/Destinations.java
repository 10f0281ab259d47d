package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.nodeproxy.Destination.Server;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// Finds out where the sub-resource `proxy` of a pod, a Service or a node leads.
public final class Destinations {
  private static final ResourceType ENDPOINTS =
      new ResourceType("", "v1", "endpoints", "Endpoints", Scope.NAMESPACED);

  private final ApiService service;
  private final KubeletFinder kubelets;
  private final RandomGenerator random;

  /// @param random chooses among endpoints
  public Destinations(ApiService service, RandomGenerator random) {
    this.service = service;
    this.kubelets = new KubeletFinder(service);
    this.random = random;
  }

  /// Blocking.
  ///
  /// @throws ApiException when it leads nowhere
  public Destination find(RequestContext context, Target target) {
    String resource = target.type().resource();
    ProxyName name =
        ProxyName.parse(target.name())
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "invalid "
                            + resource.substring(0, resource.length() - 1)
                            + " request \""
                            + target.name()
                            + "\""));
    Target whole = new Target(target.type(), target.namespace(), name.name(), "");
    return switch (resource) {
      case "pods" -> pod(context, whole, name);
      case "services" -> service(context, whole, name, target.name());
      default -> node(context, name);
    };
  }

  private Destination pod(RequestContext context, Target target, ProxyName name) {
    JsonNode pod = service.get(context, target, ReadOptions.NONE).tree();
    if (pod.path("status").path("podIP").asString("").isEmpty()) {
      throw ApiException.badRequest("address not allowed");
    }
    try {
      return new Server(name.scheme(), PodPorts.place(pod, podPort(pod, name)));
    } catch (IOException noAddress) {
      throw ApiException.badRequest("address not allowed");
    }
  }

  /// Without a port: the first that a container declares.
  private static int podPort(JsonNode pod, ProxyName name) {
    if (name.isNumbered()) {
      return Integer.parseInt(name.port());
    }
    for (JsonNode container : pod.path("spec").path("containers")) {
      for (JsonNode port : container.path("ports")) {
        if (name.port().isEmpty() || name.port().equals(port.path("name").asString(""))) {
          return port.path("containerPort").asInt(80);
        }
      }
    }
    if (name.port().isEmpty()) {
      return name.scheme() == Destination.Scheme.HTTPS ? 443 : 80;
    }
    throw unavailable(
        "error trying to reach service: dial tcp: lookup tcp/" + name.port() + ": unknown port");
  }

  private Destination service(RequestContext context, Target target, ProxyName name, String asked) {
    JsonNode ports =
        service.get(context, target, ReadOptions.NONE).tree().path("spec").path("ports");
    String portName = name.isNumbered() ? portName(ports, name) : name.port();
    JsonNode subsets = subsets(context, target);
    if (subsets.isEmpty()) {
      throw unavailable("no endpoints available for service \"" + name.name() + "\"");
    }
    List<Server> found = new ArrayList<>();
    for (JsonNode subset : subsets) {
      for (JsonNode port : subset.path("ports")) {
        if (Objects.equals(port.path("name").asString(""), portName)) {
          for (JsonNode address : subset.path("addresses")) {
            found.add(new Server(name.scheme(), endpoint(address, port.path("port").asInt(0))));
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw unavailable("no endpoints available for service \"" + asked + "\"");
    }
    return found.get(random.nextInt(found.size()));
  }

  private JsonNode subsets(RequestContext context, Target target) {
    try {
      Target endpoints = new Target(ENDPOINTS, target.namespace(), target.name(), "");
      return service.get(context, endpoints, ReadOptions.NONE).tree().path("subsets");
    } catch (ApiException failure) {
      if (failure.isNotFound()) {
        throw unavailable("no endpoints available for service \"" + target.name() + "\"");
      }
      throw failure;
    }
  }

  private static String portName(JsonNode ports, ProxyName name) {
    for (JsonNode port : ports) {
      if (port.path("port").asInt(0) == Integer.parseInt(name.port())) {
        return port.path("name").asString("");
      }
    }
    throw unavailable(
        "no service port " + name.port() + " found for service \"" + name.name() + "\"");
  }

  /// An endpoint without a pod is a real address.
  private static Tunnels.Place endpoint(JsonNode address, int port) {
    String ip = address.path("ip").asString("");
    String node = address.path("nodeName").asString("");
    boolean onHost = node.isEmpty() || ip.startsWith("127.");
    return onHost ? new Tunnels.Place.OnHost(ip, port) : new Tunnels.Place.InPod(node, ip, port);
  }

  private Destination node(RequestContext context, ProxyName name) {
    var kubelet = kubelets.find(context, name.name());
    if (!name.isNumbered() || Integer.parseInt(name.port()) == kubelet.getPort()) {
      return new Destination.Kubelet(name.name());
    }
    return new Server(
        name.scheme(),
        new Tunnels.Place.OnHost(kubelet.getHostString(), Integer.parseInt(name.port())));
  }

  private static ApiException unavailable(String message) {
    return ApiException.of(StatusReason.SERVICE_UNAVAILABLE, message);
  }
}
