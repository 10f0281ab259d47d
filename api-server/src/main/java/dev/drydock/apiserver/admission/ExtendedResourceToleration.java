package dev.drydock.apiserver.admission;

import dev.drydock.api.usage.PodResources;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods that ask for an extended resource tolerate the taint of the same name.
final class ExtendedResourceToleration implements AdmissionRule {

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() == Operation.DELETE
        || !request.isFor("", "pods")
        || pod == null
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    var extended = new TreeSet<String>();
    for (JsonNode container : PodResources.containers(pod)) {
      for (Map.Entry<String, JsonNode> each :
          container.path("resources").path("requests").properties()) {
        int slash = each.getKey().indexOf('/');
        String domain = slash < 0 ? "kubernetes.io" : each.getKey().substring(0, slash);
        if (!domain.equals("kubernetes.io") && !domain.endsWith(".kubernetes.io")) {
          extended.add(each.getKey());
        }
      }
    }
    for (String resource : extended) {
      ArrayNode tolerations = Trees.list(spec, "tolerations");
      boolean tolerated =
          tolerations
              .valueStream()
              .anyMatch(
                  each ->
                      each.path("key").stringValue("").equals(resource)
                          && each.path("operator").stringValue("").equals("Exists")
                          && each.path("effect").stringValue("").isEmpty());
      if (!tolerated) {
        tolerations.addObject().put("key", resource).put("operator", "Exists");
      }
    }
  }
}
