package dev.drydock.apiserver.access;

import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.stream.Collectors;

/// Says whether somebody may do something. Costs microseconds and never blocks on I/O, but for one
/// that asks a server outside.
public interface Authorizer {

  Verdict authorize(AccessAttributes attributes);

  /// Why what it allows that user cannot be listed; empty: it can, or it allows nothing.
  default String unlisted(User user) {
    return "";
  }

  /// Asks each in turn until one has an opinion.
  static Authorizer chain(List<Authorizer> authorizers) {
    List<Authorizer> all = List.copyOf(authorizers);
    return new Authorizer() {
      @Override
      public Verdict authorize(AccessAttributes attributes) {
        return first(all, attributes);
      }

      @Override
      public String unlisted(User user) {
        return all.stream()
            .map(authorizer -> authorizer.unlisted(user))
            .filter(reason -> !reason.isEmpty())
            .collect(Collectors.joining(", "));
      }
    };
  }

  private static Verdict first(List<Authorizer> all, AccessAttributes attributes) {
    StringBuilder reasons = new StringBuilder();
    for (Authorizer authorizer : all) {
      switch (authorizer.authorize(attributes)) {
        case Verdict.Allow allow -> {
          return allow;
        }
        case Verdict.Deny deny -> {
          return deny;
        }
        case Verdict.NoOpinion none -> {
          if (!none.reason().isEmpty()) {
            reasons.append(reasons.isEmpty() ? "" : ", ").append(none.reason());
          }
        }
      }
    }
    return new Verdict.NoOpinion(reasons.toString());
  }

  /// What an authorizer says. Nobody's opinion means no.
  sealed interface Verdict {
    String reason();

    default boolean isAllowed() {
      return this instanceof Allow;
    }

    /// @param reason why, for the audit log
    record Allow(String reason) implements Verdict {}

    /// @param reason appended to the message; may be empty
    record Deny(String reason) implements Verdict {}

    /// @param reason appended to the message if nobody else has an opinion; may be empty
    record NoOpinion(String reason) implements Verdict {}
  }
}
