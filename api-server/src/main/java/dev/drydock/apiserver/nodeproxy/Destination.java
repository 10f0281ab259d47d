package dev.drydock.apiserver.nodeproxy;

/// Where a proxied request goes.
public sealed interface Destination {

  /// A server inside of the cluster.
  record Server(Scheme scheme, Tunnels.Place place) implements Destination {

    /// As it stands in the header `Host`.
    public String host() {
      return place.host() + ":" + place.port();
    }
  }

  /// The kubelet of a node.
  record Kubelet(String node) implements Destination {}

  /// How the server is spoken to.
  enum Scheme {
    HTTP,
    HTTPS
  }
}
