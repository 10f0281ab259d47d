package dev.drydock.scheduler.framework;

/// A port of the node that a pod occupies.
///
/// @param ip `0.0.0.0`: all addresses
public record HostPort(String ip, String protocol, int port) {
  private static final String ANY = "0.0.0.0";

  public boolean conflictsWith(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
  }
}
