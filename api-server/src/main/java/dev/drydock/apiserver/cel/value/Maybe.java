package dev.drydock.apiserver.cel.value;

import org.jspecify.annotations.Nullable;

/// CEL's optional value.
///
/// @param value null: none
public record Maybe(@Nullable Object value) implements Named {
  /// Nothing.
  public static final Maybe NONE = new Maybe(null);

  /// @param value null: nothing
  public static Maybe of(@Nullable Object value) {
    return value == null ? NONE : new Maybe(value);
  }

  @Override
  public String typeName() {
    return "optional_type";
  }
}
