package dev.drydock.apiserver.discovery;

import tools.jackson.databind.node.ObjectNode;

/// The two forms of OpenAPI.
enum OpenApiDialect {
  V2("#/definitions/"),
  V3("#/components/schemas/");

  private final String prefix;

  OpenApiDialect(String prefix) {
    this.prefix = prefix;
  }

  String reference(String definition) {
    return prefix + definition;
  }

  /// Refers to a definition from a place that says more about it.
  void refer(ObjectNode node, String definition) {
    switch (this) {
      case V2 -> node.put("$ref", reference(definition));
      case V3 -> node.putArray("allOf").addObject().put("$ref", reference(definition));
    }
  }
}
