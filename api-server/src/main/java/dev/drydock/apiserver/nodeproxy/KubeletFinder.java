package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import java.net.InetSocketAddress;
import tools.jackson.databind.JsonNode;

/// Where the kubelet of a node listens.
record KubeletFinder(ApiService service) {
  private static final ResourceType NODES =
      new ResourceType("", "v1", "nodes", "Node", Scope.CLUSTER);
  private static final int KUBELET_PORT = 10250;

  /// @throws ApiException when there is no such node, or it has no address
  InetSocketAddress find(RequestContext context, String name) {
    JsonNode status =
        service
            .get(context, new Target(NODES, "", name, ""), ReadOptions.NONE)
            .tree()
            .path("status");
    int port =
        status.path("daemonEndpoints").path("kubeletEndpoint").path("Port").asInt(KUBELET_PORT);
    for (JsonNode address : status.path("addresses")) {
      if (address.path("type").asString("").equals("InternalIP")) {
        return new InetSocketAddress(address.path("address").asString(""), port);
      }
    }
    throw ApiException.internalError("no preferred addresses found for node \"" + name + "\"");
  }

  static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
