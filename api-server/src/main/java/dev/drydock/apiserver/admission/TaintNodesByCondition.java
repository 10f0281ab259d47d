package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A new node takes no pods until it is known to be ready.
final class TaintNodesByCondition implements AdmissionRule {
  private static final String KEY = "node.kubernetes.io/not-ready";
  private static final String EFFECT = "NoSchedule";

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode node = request.object();
    if (request.operation() != Operation.CREATE || !request.isFor("", "nodes") || node == null) {
      return;
    }
    ObjectNode spec = Trees.child(node, "spec");
    for (JsonNode taint : spec.path("taints")) {
      if (taint.path("key").stringValue("").equals(KEY)
          && taint.path("effect").stringValue("").equals(EFFECT)) {
        return;
      }
    }
    ArrayNode taints = Trees.list(spec, "taints");
    taints.addObject().put("effect", EFFECT).put("key", KEY);
  }
}
