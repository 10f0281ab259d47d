package dev.drydock.apiserver.policy;

import dev.drydock.apiserver.matching.Matcher;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a policy applies, with which parameters, and what follows.
///
/// @param params missing node: none
record Binding(String name, String policy, Matcher matcher, JsonNode params, Set<String> actions) {

  Binding {
    actions = Set.copyOf(actions);
  }

  static Binding of(ObjectNode binding) {
    JsonNode spec = binding.path("spec");
    Set<String> actions = new HashSet<>();
    spec.path("validationActions").forEach(action -> actions.add(action.stringValue("")));
    return new Binding(
        binding.path("metadata").path("name").stringValue(""),
        spec.path("policyName").stringValue(""),
        Matcher.ofResources(spec.path("matchResources")),
        spec.path("paramRef"),
        actions);
  }
}
