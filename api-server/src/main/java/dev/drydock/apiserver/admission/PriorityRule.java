package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Turns a pod's priority class into its priority, and lets only one class be the default.
final class PriorityRule implements AdmissionRule {
  private static final String CLASSES = "priorityclasses.scheduling.k8s.io";
  private final Lookup lookup;

  PriorityRule(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (!request.isFor("", "pods") || pod == null) {
      return;
    }
    if (!(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    if (request.operation() == Operation.CREATE) {
      prioritize(request, spec);
    } else if (request.before() != null && !spec.has("priority")) {
      ObjectNode before = request.before();
      for (String field : java.util.List.of("priority", "preemptionPolicy")) {
        if (before.path("spec").has(field) && !spec.has(field)) {
          spec.set(field, before.path("spec").get(field));
        }
      }
    }
  }

  private void prioritize(AdmissionRequest request, ObjectNode spec) {
    String name = spec.path("priorityClassName").stringValue("");
    Optional<ObjectNode> chosen;
    if (name.isEmpty()) {
      chosen = lookup.list(CLASSES).stream().filter(PriorityRule::isDefault).findFirst();
      chosen.ifPresent(
          found ->
              spec.put("priorityClassName", found.path("metadata").path("name").stringValue("")));
    } else {
      chosen = lookup.find(CLASSES, "", name, Age.ANY);
      if (chosen.isEmpty()) {
        chosen = lookup.find(CLASSES, "", name, Age.NOW);
      }
      if (chosen.isEmpty()) {
        throw ApiException.forbidden(
            request.target().type(),
            AdmissionNames.shown(request),
            "no PriorityClass with name " + name + " was found");
      }
    }
    int priority = chosen.map(found -> found.path("value").asInt(0)).orElse(0);
    String preemption =
        chosen
            .map(found -> found.path("preemptionPolicy").stringValue("PreemptLowerPriority"))
            .orElse("PreemptLowerPriority");
    if (spec.path("priority").isIntegralNumber() && spec.path("priority").intValue() != priority) {
      throw ApiException.forbidden(
          request.target().type(),
          AdmissionNames.shown(request),
          "the integer value of priority ("
              + spec.path("priority").intValue()
              + ") must not be provided in pod spec; priority admission controller computed "
              + priority
              + " from the given PriorityClass name");
    }
    spec.put("priority", priority);
    if (!spec.has("preemptionPolicy")) {
      spec.put("preemptionPolicy", preemption);
    }
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode added = request.object();
    if (!request.isFor("scheduling.k8s.io", "priorityclasses")
        || request.operation() == Operation.DELETE
        || added == null
        || !isDefault(added)) {
      return;
    }
    for (ObjectNode other : lookup.list(CLASSES)) {
      String name = other.path("metadata").path("name").stringValue("");
      if (isDefault(other) && !name.equals(request.target().name())) {
        throw ApiException.forbidden(
            request.target().type(),
            request.target().name(),
            "PriorityClass " + name + " is already marked as default. Only one default can exist");
      }
    }
  }

  private static boolean isDefault(ObjectNode priorityClass) {
    return priorityClass.path("globalDefault").booleanValue(false);
  }
}
