package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.request.User;
import java.util.Optional;

/// One kind of bearer token.
public interface BearerTokens {

  /// Whom the token stands for (without the group of the authenticated); empty when it is not of
  /// this kind, or not valid (any more).
  Optional<User> user(String token);
}
