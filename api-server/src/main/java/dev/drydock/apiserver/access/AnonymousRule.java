package dev.drydock.apiserver.access;

import java.util.Set;

/// Where somebody unknown may ask.
public sealed interface AnonymousRule {
  record Everywhere() implements AnonymousRule {}

  record Nobody() implements AnonymousRule {}

  /// @param paths exactly these
  record At(Set<String> paths) implements AnonymousRule {
    public At {
      paths = Set.copyOf(paths);
    }
  }

  /// Whether somebody unknown may ask for that path.
  default boolean allows(String path) {
    return switch (this) {
      case Everywhere _ -> true;
      case Nobody _ -> false;
      case At(Set<String> paths) -> paths.contains(path);
    };
  }
}
