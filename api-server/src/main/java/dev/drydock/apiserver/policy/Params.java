package dev.drydock.apiserver.policy;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.apiserver.matching.Attempt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which objects a binding gives to its policy.
final class Params {
  private Params() {}

  /// What there is.
  sealed interface Found {

    /// @param each evaluated in turn; null in JSON: without
    record These(List<JsonNode> each) implements Found {}

    record Trouble(String message) implements Found {}
  }

  static Found of(Policy policy, Binding binding, Attempt attempt, Surroundings around) {
    Policy.ParamKind kind = policy.params();
    JsonNode reference = binding.params();
    if (kind == null || !reference.isObject()) {
      return new Found.These(List.of(JsonNodeFactory.instance.nullNode()));
    }
    boolean namespaced =
        around.place(kind.apiVersion(), kind.kind()) == Surroundings.Place.NAMESPACE;
    String namespace = reference.path("namespace").stringValue("");
    if (namespaced && namespace.isEmpty()) {
      namespace = attempt.target().namespace();
      if (namespace.isEmpty()) {
        return new Found.Trouble(
            "failed to configure binding: cannot use namespaced paramRef in policy binding that"
                + " matches cluster-scoped resources");
      }
    }
    List<ObjectNode> candidates =
        around.params(kind.apiVersion(), kind.kind(), namespaced ? namespace : "");
    if (candidates == null) {
      return new Found.Trouble(
          "failed to configure binding: failed to find resource referenced by paramKind: '"
              + kind.apiVersion()
              + ", Kind="
              + kind.kind()
              + "'");
    }
    return chosen(reference, candidates);
  }

  private static Found chosen(JsonNode reference, List<ObjectNode> candidates) {
    String name = reference.path("name").stringValue("");
    LabelSelector selector =
        reference.path("selector").isObject()
            ? LabelSelector.of(reference.path("selector"))
            : LabelSelector.EVERYTHING;
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode candidate : candidates) {
      JsonNode metadata = candidate.path("metadata");
      if (name.isEmpty()
          ? selector.matchesTree(metadata.path("labels"))
          : metadata.path("name").stringValue("").equals(name)) {
        found.add(candidate);
      }
    }
    if (found.isEmpty()
        && reference.path("parameterNotFoundAction").stringValue("Deny").equals("Deny")) {
      return new Found.Trouble(
          "failed to configure binding: no params found for policy binding with `Deny`"
              + " parameterNotFoundAction");
    }
    return new Found.These(found);
  }
}
