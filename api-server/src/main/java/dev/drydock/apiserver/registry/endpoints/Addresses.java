package dev.drydock.apiserver.registry.endpoints;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Violations;

/// Addresses that endpoints may have: Kubernetes' rule with one exception. In a lab of processes
/// every node and the api-server have addresses of their own within 127.0.0.0/8, so of that range
/// only the part that every machine calls itself by is refused.
final class Addresses {
  private Addresses() {}

  static void checkRoutable(Field address, Violations found) {
    String text = address.text();
    if (!text.startsWith("127.") || text.startsWith("127.0.0.")) {
      IpText.checkRoutable(address, found);
    }
  }

  /// An address of whichever family, that endpoints may have.
  static void check(Field address, Violations found) {
    int before = found.count();
    IpText.check(address, found);
    if (found.count() == before) {
      checkRoutable(address, found);
    }
  }
}
