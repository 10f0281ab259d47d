package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods stay five minutes on a node that is not ready or not reachable, unless they say.
///
/// Source: defaults of the flags `--default-not-ready-toleration-seconds` and
/// `--default-unreachable-toleration-seconds`.
final class DefaultTolerationSeconds implements AdmissionRule {
  private static final List<String> TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
  private static final int SECONDS = 300;

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() == Operation.DELETE
        || !request.isFor("", "pods")
        || pod == null
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    for (String taint : TAINTS) {
      if (!tolerates(spec.path("tolerations"), taint)) {
        ArrayNode tolerations =
            spec.get("tolerations") instanceof ArrayNode present
                ? present
                : spec.putArray("tolerations");
        tolerations
            .addObject()
            .put("key", taint)
            .put("operator", "Exists")
            .put("effect", "NoExecute")
            .put("tolerationSeconds", SECONDS);
      }
    }
  }

  private static boolean tolerates(JsonNode tolerations, String taint) {
    for (JsonNode toleration : tolerations) {
      String key = toleration.path("key").stringValue("");
      String effect = toleration.path("effect").stringValue("");
      if ((key.isEmpty() || key.equals(taint))
          && (effect.isEmpty() || effect.equals("NoExecute"))) {
        return true;
      }
    }
    return false;
  }
}
