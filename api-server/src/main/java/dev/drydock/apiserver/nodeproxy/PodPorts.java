package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/// Connections to the ports of a pod, as from inside of it.
///
/// @param service knows the pods
public record PodPorts(ApiService service, Tunnels tunnels) {

  /// Ways to the ports of one pod.
  @FunctionalInterface
  public interface Ports {
    /// @throws IOException with the text of a real kubelet when nobody listens
    Tunnel connect(int port) throws IOException;
  }

  /// Finds the pod. Blocking.
  ///
  /// @throws ApiException when there is no such pod, or it runs nowhere yet
  public Ports of(RequestContext context, Target target) {
    Target whole = new Target(target.type(), target.namespace(), target.name(), "");
    JsonNode pod = service.get(context, whole, ReadOptions.NONE).tree();
    String node = pod.path("spec").path("nodeName").asString("");
    if (node.isEmpty()) {
      throw ApiException.badRequest("pod " + target.name() + " does not have a host assigned");
    }
    String uid = pod.path("metadata").path("uid").asString("");
    return port -> {
      try {
        return tunnels.open(context, place(pod, port));
      } catch (IOException refused) {
        throw new IOException(refusal(uid, port), refused);
      }
    };
  }

  /// Where a port of a pod is reached.
  static Tunnels.Place place(JsonNode pod, int port) throws IOException {
    String address = pod.path("status").path("podIP").asString("");
    if (address.isEmpty()) {
      throw new IOException("the pod has no address");
    }
    boolean onHost = address.equals(pod.path("status").path("hostIP").asString(""));
    String node = pod.path("spec").path("nodeName").asString("");
    return onHost
        ? new Tunnels.Place.OnHost(address, port)
        : new Tunnels.Place.InPod(node, address, port);
  }

  private static String refusal(String uid, int port) {
    return "error forwarding port "
        + port
        + " to pod "
        + uid
        + ", uid : failed to execute portforward in network namespace \"/var/run/netns/cni-"
        + uid
        + "\": failed to connect to localhost:"
        + port
        + " inside namespace \""
        + uid
        + "\", IPv4: dial tcp4 127.0.0.1:"
        + port
        + ": connect: connection refused IPv6 dial tcp6: address localhost: no suitable address"
        + " found ";
  }
}
