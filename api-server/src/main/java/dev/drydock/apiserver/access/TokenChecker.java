package dev.drydock.apiserver.access;

import dev.drydock.apiserver.request.User;
import java.util.List;

/// Says whose a bearer token is, for somebody else than the api-server.
public interface TokenChecker {

  /// @param audiences who asks calls itself one of these; empty: the api-server's own
  Finding check(String token, List<String> audiences);

  /// What was found.
  sealed interface Finding {

    /// @param audiences those of the asked ones for which the token was made
    record Valid(User user, List<String> audiences) implements Finding {
      public Valid {
        audiences = List.copyOf(audiences);
      }
    }

    /// @param reason for the one who asks
    record Invalid(String reason) implements Finding {}
  }
}
