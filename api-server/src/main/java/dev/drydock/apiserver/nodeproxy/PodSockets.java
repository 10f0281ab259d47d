package dev.drydock.apiserver.nodeproxy;

import dev.drydock.apiserver.webhook.PodDoor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Sockets whose other end is in a pod, through the kubelet of its node.
public record PodSockets(NodeConnections connections) implements PodDoor {

  @Override
  public Socket connect(InetSocketAddress kubelet, InetSocketAddress pod) throws IOException {
    return new TunnelSocket(
        KubeletTunnels.call(
            connections, kubelet, new Tunnels.Place.InPod("", pod.getHostString(), pod.getPort())));
  }
}
