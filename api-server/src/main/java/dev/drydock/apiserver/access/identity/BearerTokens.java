package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.request.User;
import java.util.List;

/// One kind of bearer token.
public interface BearerTokens {

  /// Whom the token stands for (without the group of the authenticated), if it was made for one
  /// of these audiences.
  Reading read(String token, List<String> audiences);

  /// What a token turned out to be.
  sealed interface Reading {
    Reading FOREIGN = new Foreign();

    /// @param audiences the asked ones for which it was made; all of them, where tokens of this
    ///     kind are for nobody in particular
    record Stands(User user, List<String> audiences) implements Reading {
      public Stands {
        audiences = List.copyOf(audiences);
      }
    }

    /// It is of another kind.
    record Foreign() implements Reading {}

    /// It is of this kind, but not valid (any more).
    record Refused(String reason) implements Reading {}
  }
}
