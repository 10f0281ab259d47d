package dev.drydock.apiserver.nodeproxy;

import dev.drydock.apiserver.nodeproxy.Destination.Scheme;
import java.util.Optional;

/// The name in a proxied request's path: `web`, `web:http`, `https:web:443`.
///
/// @param port name or number; empty: the usual one
record ProxyName(Scheme scheme, String name, String port) {

  /// Nothing when it can't be read.
  static Optional<ProxyName> parse(String text) {
    String[] parts = text.split(":", -1);
    return switch (parts.length) {
      case 1 -> of(Scheme.HTTP, parts[0], "");
      case 2 -> of(Scheme.HTTP, parts[0], parts[1]);
      case 3 ->
          switch (parts[0]) {
            case "", "http" -> of(Scheme.HTTP, parts[1], parts[2]);
            case "https" -> of(Scheme.HTTPS, parts[1], parts[2]);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<ProxyName> of(Scheme scheme, String name, String port) {
    return name.isEmpty() ? Optional.empty() : Optional.of(new ProxyName(scheme, name, port));
  }

  /// Whether the port is a number.
  boolean isNumbered() {
    return port.matches("[0-9]{1,5}");
  }
}
