package dev.drydock.apiserver.cel.function;

/// What a function does.
@FunctionalInterface
public interface Body {

  /// @param arguments of the declared types; of a member, the receiver first
  Object call(Object[] arguments);
}
