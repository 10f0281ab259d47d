package dev.drydock.kubelet.network;

/// One end of a connection.
///
/// @param host an address, or a name where somebody still has to look it up
public record Endpoint(String host, int port) {
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
