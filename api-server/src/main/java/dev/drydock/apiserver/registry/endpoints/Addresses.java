package dev.drydock.apiserver.registry.endpoints;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Violations;

/// Addresses that endpoints may have: Kubernetes' rule with one exception. In a lab of processes
/// every node and the api-server have addresses of their own within 127.0.0.0/8, so of that range
/// only the part that every machine calls itself by is refused.
final class Addresses {
  private Addresses() {}

  static void check(Field address, Violations found) {
    String text = address.text();
    if (IpText.family(text) == null) {
      found.add(FieldError.invalid(address.path(), text, IpText.BAD_ADDRESS));
    } else if (!text.startsWith("127.") || text.startsWith("127.0.0.")) {
      IpText.checkRoutable(address, found);
    }
  }
}
