package dev.drydock.api.codec;

import tools.jackson.databind.node.JsonNodeType;

/// How Go's decoder calls JSON values, in messages about those of the wrong type.
public final class GoNames {
  private GoNames() {}

  public static String of(JsonNodeType type) {
    return switch (type) {
      case ARRAY -> "array";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING, BINARY -> "string";
      case OBJECT, POJO -> "object";
      case NULL, MISSING -> "null";
    };
  }
}
