package dev.drydock.apiserver.request;

import tools.jackson.databind.JsonNode;

/// A patch, by type.
public sealed interface PatchBody {
  JsonNode document();

  record Json(JsonNode document) implements PatchBody {}

  record Merge(JsonNode document) implements PatchBody {}

  record StrategicMerge(JsonNode document) implements PatchBody {}

  record Apply(JsonNode document, Conflicts conflicts) implements PatchBody {}

  /// What apply does about fields that another manager owns.
  enum Conflicts {
    FAIL,
    FORCE
  }
}
