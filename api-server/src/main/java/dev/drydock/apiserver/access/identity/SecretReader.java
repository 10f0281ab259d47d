package dev.drydock.apiserver.access.identity;

import java.util.Map;
import java.util.Optional;

/// Looks up Secrets that are tokens, or hold them.
public interface SecretReader {

  /// The secret as it is known now; empty when it is gone, or going.
  Optional<Content> secret(String namespace, String name);

  /// @param data decoded; what is no text is left out
  record Content(String type, Map<String, String> data) {
    public Content {
      data = Map.copyOf(data);
    }
  }
}
