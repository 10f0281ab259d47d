package dev.drydock.apiserver.access.identity;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks up the objects with whose end a token ends.
public interface IdentityObjects {

  /// The object as it is known now, from memory; empty when it is gone.
  ///
  /// @param namespace empty for nodes
  Optional<Living> find(Kind kind, String namespace, String name);

  /// What a token may depend on.
  enum Kind {
    SERVICE_ACCOUNT,
    POD,
    SECRET,
    NODE
  }

  /// @param deleted since when it is being deleted; null: it is not
  record Living(String uid, @Nullable Instant deleted) {}
}
