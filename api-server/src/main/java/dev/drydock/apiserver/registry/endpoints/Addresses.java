package dev.drydock.apiserver.registry.endpoints;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;

/// Addresses that endpoints may have: Kubernetes' rule with one exception. In a lab of processes
/// every node and the api-server have addresses of their own within 127.0.0.0/8, so of that range
/// only the part that every machine calls itself by is refused.
final class Addresses {
  private Addresses() {}

  static void check(Field address, Violations found) {
    String text = address.text();
    if (!isAddress(text)) {
      found.invalid(address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    } else if (text.startsWith("127.0.0.")) {
      found.invalid(address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    } else if (text.equals("0.0.0.0")) {
      found.invalid(address, "may not be unspecified (0.0.0.0 or ::)");
    } else if (text.startsWith("169.254.")) {
      found.invalid(address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
  }

  private static boolean isAddress(String text) {
    if (text.contains(":")) {
      return text.matches("[0-9a-fA-F:.]+");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
