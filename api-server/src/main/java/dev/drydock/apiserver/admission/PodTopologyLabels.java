package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod that gets a node gets the labels of its zone and region.
final class PodTopologyLabels implements AdmissionRule {
  private static final List<String> LABELS =
      List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

  private final Lookup lookup;

  PodTopologyLabels(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE || object == null) {
      return;
    }
    if (request.isFor("", "pods")) {
      label(object, object.path("spec").path("nodeName"));
    } else if (request.isFor("", "pods", "binding") || request.isFor("", "bindings")) {
      label(object, object.path("target").path("name"));
    }
  }

  private void label(ObjectNode object, JsonNode nodeName) {
    String name = nodeName.stringValue("");
    if (name.isEmpty()) {
      return;
    }
    Optional<ObjectNode> node = lookup.find("nodes", "", name, Age.ANY);
    if (node.isEmpty()) {
      return;
    }
    JsonNode labels = node.get().path("metadata").path("labels");
    for (String label : LABELS) {
      if (labels.path(label).isString()) {
        Trees.child(Trees.child(object, "metadata"), "labels")
            .put(label, labels.path(label).stringValue(""));
      }
    }
  }
}
