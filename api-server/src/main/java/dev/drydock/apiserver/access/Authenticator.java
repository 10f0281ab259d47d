package dev.drydock.apiserver.access;

import dev.drydock.apiserver.request.User;

/// Says who sends a request.
public interface Authenticator {

  /// The user, with `system:authenticated` or `system:unauthenticated` among the groups. Blocking
  /// only where a token is bound to objects that must be looked up in memory.
  ///
  /// @throws dev.drydock.api.status.ApiException `Unauthorized` when what was shown proves
  ///     nothing, or nothing was shown and anonymous requests are off
  User authenticate(Credentials credentials);
}
