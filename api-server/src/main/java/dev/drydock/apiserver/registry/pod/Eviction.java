package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.registry.strategy.ObjectAccess;
import dev.drydock.apiserver.registry.strategy.Subresource.Act;
import dev.drydock.apiserver.registry.strategy.Subresource.ActionCall;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sub-resource `eviction`: deletes a pod if its disruption budget allows it.
public final class Eviction implements Act {
  private static final Set<String> NOT_COUNTED = Set.of("Pending", "Succeeded", "Failed");

  private final ResourceType budgets = BuiltInTypes.get().type("policy/v1", "poddisruptionbudgets");

  @Override
  public Written perform(ActionCall call, ObjectAccess objects) {
    Target target = call.target();
    StoredObject pod =
        objects
            .find(target.type(), target.namespace(), target.name(), new Freshness.Consistent())
            .orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
    boolean counted =
        !NOT_COUNTED.contains(Trees.text(pod.tree(), "status", "phase"))
            && !Trees.has(pod.tree(), "metadata", "deletionTimestamp");
    if (counted) {
      consume(call, objects, pod);
    }
    JsonNode options = Trees.at(call.body(), "deleteOptions");
    JsonNode grace = Trees.at(options, "gracePeriodSeconds");
    boolean dryRun = call.isRehearsal() || Trees.isFilled(options, "dryRun");
    Deleted deleted =
        objects.delete(
            call.context(),
            new Target(target.type(), target.namespace(), target.name(), ""),
            new DeleteOptions(
                grace.isIntegralNumber() ? (Long) grace.longValue() : null,
                Trees.text(options, "propagationPolicy"),
                Trees.text(options, "preconditions", "uid"),
                Trees.text(options, "preconditions", "resourceVersion"),
                dryRun ? WriteOptions.Persistence.DRY_RUN : WriteOptions.Persistence.STORED));
    return switch (deleted) {
      case Deleted.Pending(Written written) -> written;
      case Deleted.Gone(Written written) -> written;
      case Deleted.Collection _ -> throw ApiException.internalError("no collection was evicted");
    };
  }

  private void consume(ActionCall call, ObjectAccess objects, StoredObject pod) {
    JsonNode labels = Trees.at(pod.tree(), "metadata", "labels");
    List<StoredObject> matching =
        objects.list(budgets, call.target().namespace()).stream()
            .filter(
                budget ->
                    LabelSelector.of(budget.tree().path("spec").get("selector"))
                        .matchesTree(labels))
            .toList();
    if (matching.size() > 1) {
      throw ApiException.of(
          StatusReason.INTERNAL_ERROR,
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
              + " not support.");
    }
    for (StoredObject budget : matching) {
      objects.change(
          call.context(),
          new Target(budgets, budget.namespace(), budget.name(), ""),
          object -> take(object, pod.name(), call.context().received()),
          call.options());
    }
  }

  private static void take(ObjectNode budget, String pod, Instant now) {
    ObjectNode status = Trees.child(budget, "status");
    String name = Trees.text(budget, "metadata", "name");
    if (Trees.number(status, 0, "observedGeneration")
        < Trees.number(budget, 0, "metadata", "generation")) {
      throw refused("The disruption budget " + name + " is still being processed by the server.");
    }
    long allowed = Trees.number(status, 0, "disruptionsAllowed");
    if (allowed <= 0) {
      throw refused(
          "The disruption budget "
              + name
              + " needs "
              + Trees.number(status, 0, "desiredHealthy")
              + " healthy pods and has "
              + Trees.number(status, 0, "currentHealthy")
              + " currently");
    }
    status.set("disruptionsAllowed", Trees.whole(allowed - 1));
    Trees.child(status, "disruptedPods").put(pod, KubernetesTime.seconds(now));
  }

  private static ApiException refused(String detail) {
    return new ApiException(
        new Status(
            StatusReason.TOO_MANY_REQUESTS,
            StatusReason.TOO_MANY_REQUESTS.code(),
            "Cannot evict pod as it would violate the pod's disruption budget.",
            new Status.Details(
                "",
                "",
                "",
                List.of(new FieldError(FieldError.Type.DISRUPTION_BUDGET, "", detail)),
                0)));
  }
}
