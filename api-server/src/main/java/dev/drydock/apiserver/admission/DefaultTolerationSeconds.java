package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.PluginConfigurations.Patience;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods stay for a while, usually five minutes, on a node that is not ready or not reachable,
/// unless they say.
final class DefaultTolerationSeconds implements AdmissionRule {
  private final List<Taint> taints;

  private record Taint(String key, int seconds) {}

  DefaultTolerationSeconds(Patience patience) {
    taints =
        List.of(
            new Taint("node.kubernetes.io/not-ready", patience.notReady()),
            new Taint("node.kubernetes.io/unreachable", patience.unreachable()));
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() == Operation.DELETE
        || !request.isFor("", "pods")
        || pod == null
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    for (Taint taint : taints) {
      if (!tolerates(spec.path("tolerations"), taint.key())) {
        ArrayNode tolerations =
            spec.get("tolerations") instanceof ArrayNode present
                ? present
                : spec.putArray("tolerations");
        tolerations
            .addObject()
            .put("key", taint.key())
            .put("operator", "Exists")
            .put("effect", "NoExecute")
            .put("tolerationSeconds", taint.seconds());
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
