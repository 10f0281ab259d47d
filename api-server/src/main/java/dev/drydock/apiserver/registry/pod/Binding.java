package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.registry.strategy.ObjectAccess;
import dev.drydock.apiserver.registry.strategy.Subresource.Act;
import dev.drydock.apiserver.registry.strategy.Subresource.ActionCall;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sub-resource `binding`: gives a pod its node, once.
public final class Binding implements Act {

  @Override
  public Written perform(ActionCall call, ObjectAccess objects) {
    ObjectNode body = call.body();
    String node = Trees.text(body, "target", "name");
    String kind = Trees.text(body, "target", "kind");
    var errors = new ArrayList<FieldError>();
    if (!kind.isEmpty() && !kind.equals("Node")) {
      errors.add(FieldError.notSupported("target.kind", kind, List.of("Node", "<empty>")));
    }
    if (node.isEmpty()) {
      errors.add(FieldError.required("target.name", ""));
    }
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
    Target pod = new Target(call.target().type(), call.target().namespace(), name(call), "");
    Instant now = call.context().received();
    return objects.change(
        call.context(), pod, object -> bind(object, pod, body, node, now), call.options());
  }

  private static String name(ActionCall call) {
    return call.target().name();
  }

  private static void bind(
      ObjectNode pod, Target target, ObjectNode body, String node, Instant now) {
    String uid = Trees.text(body, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(Trees.text(pod, "metadata", "uid"))) {
      throw conflict(
          target,
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Trees.text(pod, "metadata", "uid"));
    }
    if (Trees.has(pod, "metadata", "deletionTimestamp")) {
      throw conflict(
          target, "pod " + target.name() + " is being deleted, cannot be assigned to a host");
    }
    String present = Trees.text(pod, "spec", "nodeName");
    if (!present.isEmpty()) {
      throw conflict(
          target, "pod " + target.name() + " is already assigned to node \"" + present + "\"");
    }
    if (Trees.isFilled(pod, "spec", "schedulingGates")) {
      throw conflict(target, "pod " + target.name() + " has non-empty .spec.schedulingGates");
    }
    Trees.child(pod, "spec").put("nodeName", node);
    for (String field : List.of("annotations", "labels")) {
      if (body.path("metadata").path(field) instanceof ObjectNode given) {
        ObjectNode own = Trees.child(Trees.child(pod, "metadata"), field);
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
          own.set(entry.getKey(), entry.getValue());
        }
      }
    }
    markScheduled(pod, now);
  }

  private static void markScheduled(ObjectNode pod, Instant now) {
    ObjectNode status = Trees.child(pod, "status");
    status.remove("nominatedNodeName");
    ObjectNode condition = null;
    for (ObjectNode present : Trees.objects(status, "conditions")) {
      if (Trees.text(present, "type").equals("PodScheduled")) {
        condition = present;
      }
    }
    if (condition == null) {
      condition = Trees.list(status, "conditions").addObject();
    }
    condition.removeAll();
    condition
        .put("lastTransitionTime", KubernetesTime.seconds(now))
        .put("observedGeneration", Trees.number(pod, 1, "metadata", "generation"))
        .put("status", "True")
        .put("type", "PodScheduled");
  }

  private static ApiException conflict(Target target, String why) {
    return new ApiException(
        new Status(
            StatusReason.CONFLICT,
            StatusReason.CONFLICT.code(),
            "Operation cannot be fulfilled on pods/binding \"" + target.name() + "\": " + why,
            new Status.Details(target.name(), "", "pods/binding", List.of(), 0)));
  }

  /// Unlike elsewhere the real server has no reason here, and calls it its own failure.
  private static ApiException refused(List<FieldError> errors) {
    List<String> texts = errors.stream().map(FieldError::toString).toList();
    return new ApiException(
        Status.failure(
            StatusReason.UNKNOWN,
            texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]"));
  }
}
