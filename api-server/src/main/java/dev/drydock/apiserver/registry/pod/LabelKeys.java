package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Keys of labels by which a pod wants to be with, or apart from, its like: the values are its own,
/// and become part of the selector when it is created.
final class LabelKeys {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private LabelKeys() {}

  static void merge(ObjectNode pod) {
    JsonNode labels = Trees.at(pod, "metadata", "labels");
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      JsonNode affinity = Trees.at(pod, "spec", "affinity", kind);
      for (ObjectNode preferred : Trees.objects(affinity, PREFERRED)) {
        mergeTerm(Trees.at(preferred, "podAffinityTerm"), labels);
      }
      for (ObjectNode term : Trees.objects(affinity, REQUIRED)) {
        mergeTerm(term, labels);
      }
    }
    for (ObjectNode constraint : Trees.objects(pod, "spec", "topologySpreadConstraints")) {
      merge(constraint, "matchLabelKeys", "In", labels);
    }
  }

  private static void mergeTerm(JsonNode term, JsonNode labels) {
    merge(term, "matchLabelKeys", "In", labels);
    merge(term, "mismatchLabelKeys", "NotIn", labels);
  }

  private static void merge(JsonNode holder, String keys, String operator, JsonNode labels) {
    if (!(Trees.at(holder, "labelSelector") instanceof ObjectNode selector)) {
      return;
    }
    for (String key : Trees.texts(holder, keys)) {
      if (labels.has(key)) {
        Trees.list(selector, "matchExpressions")
            .addObject()
            .put("key", key)
            .put("operator", operator)
            .putArray("values")
            .add(Trees.text(labels, key));
      }
    }
  }
}
