package dev.drydock.apiserver.schema;

import tools.jackson.databind.JsonNode;

/// How a value stands in an error: texts quoted, everything else as JSON.
record Shown(String json) {

  static Object of(JsonNode value) {
    if (value.isString()) {
      return value.stringValue("");
    }
    return value.isMissingNode() || value.isNull() ? "" : new Shown(value.toString());
  }

  /// A value that is not there.
  static final Shown NULL = new Shown("null");

  /// What Go calls the type of a JSON value.
  static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case OBJECT, POJO -> "object";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NULL, MISSING -> "null";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
    };
  }

  @Override
  public String toString() {
    return json;
  }
}
