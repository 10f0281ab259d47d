package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.usage.ResourceAmounts;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod takes overhead, node selector and tolerations from its RuntimeClass.
final class RuntimeClassRule implements AdmissionRule {
  private static final String CLASSES = "runtimeclasses.node.k8s.io";

  private final Lookup lookup;

  RuntimeClassRule(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode spec = newPod(request);
    if (spec == null) {
      return;
    }
    Optional<ObjectNode> found = classOf(request, spec);
    if (found.isEmpty()) {
      return;
    }
    setOverhead(request, spec, found.get().path("overhead").path("podFixed"));
    JsonNode scheduling = found.get().path("scheduling");
    mergeSelector(request, spec, scheduling.path("nodeSelector"));
    mergeTolerations(spec, scheduling.path("tolerations"));
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode spec = newPod(request);
    if (spec == null) {
      return;
    }
    ResourceAmounts own = ResourceAmounts.of(spec.get("overhead"));
    Optional<ObjectNode> found = classOf(request, spec);
    ResourceAmounts wanted =
        found
            .map(each -> ResourceAmounts.of(each.path("overhead").get("podFixed")))
            .orElse(ResourceAmounts.NONE);
    if (wanted.isEmpty() && !own.isEmpty()) {
      throw refused(
          request,
          "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }
    if (!wanted.isEmpty() && !wanted.equals(own)) {
      throw mismatch(request);
    }
  }

  private static @Nullable ObjectNode newPod(AdmissionRequest request) {
    ObjectNode pod = request.object();
    return request.operation() == Operation.CREATE
            && request.isFor("", "pods")
            && pod != null
            && pod.get("spec") instanceof ObjectNode spec
        ? spec
        : null;
  }

  private Optional<ObjectNode> classOf(AdmissionRequest request, ObjectNode spec) {
    String name = spec.path("runtimeClassName").stringValue("");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectNode> found = lookup.find(CLASSES, "", name, Age.ANY);
    if (found.isEmpty()) {
      found = lookup.find(CLASSES, "", name, Age.NOW);
    }
    if (found.isEmpty()) {
      throw refused(request, "pod rejected: RuntimeClass \"" + name + "\" not found");
    }
    return found;
  }

  private static void setOverhead(AdmissionRequest request, ObjectNode spec, JsonNode wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    if (spec.path("overhead").isEmpty()) {
      spec.set("overhead", wanted.deepCopy());
    } else if (!ResourceAmounts.of(spec.get("overhead")).equals(ResourceAmounts.of(wanted))) {
      throw mismatch(request);
    }
  }

  private static void mergeSelector(AdmissionRequest request, ObjectNode spec, JsonNode wanted) {
    for (Map.Entry<String, JsonNode> label : wanted.properties()) {
      String key = label.getKey();
      String value = label.getValue().stringValue("");
      JsonNode present = spec.path("nodeSelector").path(key);
      if (present.isString() && !present.stringValue("").equals(value)) {
        throw refused(
            request,
            "conflict: runtimeClass.scheduling.nodeSelector["
                + key
                + "] = "
                + value
                + "; pod.spec.nodeSelector["
                + key
                + "] = "
                + present.stringValue(""));
      }
      Trees.child(spec, "nodeSelector").put(key, value);
    }
  }

  private static void mergeTolerations(ObjectNode spec, JsonNode wanted) {
    for (JsonNode toleration : wanted) {
      ArrayNode present = Trees.list(spec, "tolerations");
      if (present.valueStream().noneMatch(toleration::equals)) {
        present.add(toleration.deepCopy());
      }
    }
  }

  private static ApiException mismatch(AdmissionRequest request) {
    return refused(
        request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  }

  private static ApiException refused(AdmissionRequest request, String why) {
    return ApiException.forbidden(request.target().type(), AdmissionNames.shown(request), why);
  }
}
