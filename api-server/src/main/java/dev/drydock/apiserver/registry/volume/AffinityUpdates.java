package dev.drydock.apiserver.registry.volume;

import dev.drydock.apiserver.registry.strategy.Sameness;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The nodes from which a volume can be reached never change, but the labels of nodes got better
/// names.
final class AffinityUpdates {
  private static final Map<String, String> BETTER =
      Map.of(
          "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region",
          "beta.kubernetes.io/os", "kubernetes.io/os",
          "beta.kubernetes.io/arch", "kubernetes.io/arch",
          "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type");

  private AffinityUpdates() {}

  static boolean isAllowed(JsonNode now, JsonNode before) {
    JsonNode renamed = before.deepCopy();
    JsonNode terms = Trees.at(renamed, "required", "nodeSelectorTerms");
    for (int i = 0; i < terms.size(); i++) {
      rename(terms.get(i), Trees.at(now, "required", "nodeSelectorTerms").path(i));
    }
    return Sameness.same(now, renamed);
  }

  private static void rename(JsonNode term, JsonNode now) {
    for (String list : new String[] {"matchExpressions", "matchFields"}) {
      for (int i = 0; i < term.path(list).size(); i++) {
        String wanted = Trees.text(now.path(list).path(i), "key");
        if (term.path(list).get(i) instanceof ObjectNode expression
            && wanted.equals(BETTER.get(Trees.text(expression, "key")))) {
          expression.put("key", wanted);
        }
      }
    }
  }
}
