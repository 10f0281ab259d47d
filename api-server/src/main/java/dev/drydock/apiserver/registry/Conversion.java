package dev.drydock.apiserver.registry;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// Between a served version of a kind and the one it is stored in.
///
/// @param toStored from the served to the stored version; may change its argument
/// @param toServed back
public record Conversion(UnaryOperator<ObjectNode> toStored, UnaryOperator<ObjectNode> toServed) {

  /// For the stored version itself.
  public static final Conversion NONE =
      new Conversion(UnaryOperator.identity(), UnaryOperator.identity());

  boolean isNone() {
    return equals(NONE);
  }
}
