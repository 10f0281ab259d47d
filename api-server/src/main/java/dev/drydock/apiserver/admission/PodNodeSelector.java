package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods of a namespace run only on the nodes that its annotation chooses.
final class PodNodeSelector implements AdmissionRule {
  private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/node-selector";

  private final Lookup lookup;

  PodNodeSelector(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() != Operation.CREATE
        || !request.isFor("", "pods")
        || pod == null
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    Map<String, String> wanted =
        lookup
            .find("namespaces", "", request.target().namespace(), Age.ANY)
            .map(namespace -> labels(Trees.annotation(namespace, ANNOTATION)))
            .orElseGet(TreeMap::new);
    for (Map.Entry<String, String> label : wanted.entrySet()) {
      JsonNode present = spec.path("nodeSelector").path(label.getKey());
      if (present.isString() && !present.stringValue("").equals(label.getValue())) {
        throw ApiException.forbidden(
            request.target().type(),
            AdmissionNames.shown(request),
            "pod node label selector conflicts with its namespace node label selector");
      }
      Trees.child(spec, "nodeSelector").put(label.getKey(), label.getValue());
    }
  }

  /// From `a=b,c=d`.
  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        labels.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return labels;
  }
}
