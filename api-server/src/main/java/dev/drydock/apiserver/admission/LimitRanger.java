package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.usage.PodResources;
import dev.drydock.api.usage.ResourceAmounts;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.LimitBounds.Ceiling;
import dev.drydock.apiserver.admission.LimitBounds.Wishes;
import dev.drydock.apiserver.admission.Lookup.Age;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives containers the defaults of their namespace's LimitRanges, and refuses pods and volume
/// claims that are out of their bounds.
final class LimitRanger implements AdmissionRule {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";

  private final Lookup lookup;

  LimitRanger(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() != Operation.CREATE || !request.isFor("", "pods") || pod == null) {
      return;
    }
    List<String> notes = new ArrayList<>();
    for (JsonNode range : ranges(request)) {
      LimitDefaults defaults = LimitDefaults.of(range);
      if (!defaults.isEmpty()) {
        notes.addAll(defaults.apply(pod));
      }
    }
    if (!notes.isEmpty() && pod.get("metadata") instanceof ObjectNode metadata) {
      ObjectNode annotations =
          metadata.get("annotations") instanceof ObjectNode present
              ? present
              : metadata.putObject("annotations");
      annotations.put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", notes));
    }
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null || object.path("metadata").has("deletionTimestamp")) {
      return;
    }
    Set<String> failures = new LinkedHashSet<>();
    if (isBoundedPod(request)) {
      ranges(request).forEach(range -> checkPod(object, range, failures));
    } else if (request.isFor("", "persistentvolumeclaims")) {
      ranges(request).forEach(range -> checkClaim(object, range, failures));
    }
    if (!failures.isEmpty()) {
      String why =
          failures.size() == 1
              ? failures.iterator().next()
              : "[" + String.join(", ", failures) + "]";
      throw ApiException.forbidden(request.target().type(), AdmissionNames.shown(request), why);
    }
  }

  private static boolean isBoundedPod(AdmissionRequest request) {
    return switch (request.operation()) {
      case CREATE -> request.isFor("", "pods");
      case UPDATE -> request.isFor("", "pods", "resize");
      case DELETE, CONNECT -> false;
    };
  }

  private List<ObjectNode> ranges(AdmissionRequest request) {
    return lookup.list("limitranges", request.target().namespace(), Age.ANY);
  }

  private static void checkPod(ObjectNode pod, JsonNode range, Set<String> failures) {
    for (JsonNode limit : range.path("spec").path("limits")) {
      switch (limit.path("type").stringValue("")) {
        case "Container" -> {
          for (JsonNode container : PodResources.containers(pod)) {
            LimitBounds.check(limit, "Container", wishes(container), failures);
          }
        }
        case "Pod" ->
            LimitBounds.check(
                limit,
                "Pod",
                new Wishes(PodResources.requests(pod), PodResources.limits(pod), Ceiling.LIMITS),
                failures);
        default -> {
          // It is about something else.
        }
      }
    }
  }

  private static Wishes wishes(JsonNode container) {
    JsonNode resources = container.path("resources");
    return new Wishes(
        ResourceAmounts.of(resources.get("requests")),
        ResourceAmounts.of(resources.get("limits")),
        Ceiling.LIMITS);
  }

  private static void checkClaim(ObjectNode claim, JsonNode range, Set<String> failures) {
    String type = "PersistentVolumeClaim";
    for (JsonNode limit : range.path("spec").path("limits")) {
      if (limit.path("type").stringValue("").equals(type)) {
        JsonNode requests = claim.path("spec").path("resources").path("requests");
        LimitBounds.check(
            limit,
            type,
            new Wishes(ResourceAmounts.of(requests), ResourceAmounts.NONE, Ceiling.REQUESTS),
            failures);
      }
    }
  }
}
