package dev.drydock.client.cache;

/// What an informer tells its listeners. States of one object come in order, but some may be
/// skipped; a delete and a re-creation may look like one update.
public sealed interface Change<T> {

  record Added<T>(T object) implements Change<T> {}

  record Updated<T>(T before, T after) implements Change<T> {}

  /// @param last the last state known, which may not be the last there was
  record Removed<T>(T last) implements Change<T> {}

  /// The newest state that this change tells of.
  default T newest() {
    return switch (this) {
      case Added<T>(T object) -> object;
      case Updated<T>(T _, T after) -> after;
      case Removed<T>(T last) -> last;
    };
  }
}
