package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.NameWarnings;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.request.DeleteOptions;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Pods.
public final class PodStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL
          .counting()
          .selectableBy(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName")
          .absentMeans("spec.hostNetwork", "false");
  private static final long USUAL_GRACE = 30;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode pod) {
    PodDefaults.applyToPod(pod);
  }

  @Override
  public void prepareForCreate(ObjectNode pod) {
    ObjectNode status = pod.putObject("status");
    status.put("phase", "Pending");
    if (Trees.isFilled(pod, "spec", "schedulingGates")) {
      status
          .putArray("conditions")
          .addObject()
          .put("message", "Scheduling is blocked due to non-empty scheduling gates")
          .put("reason", "SchedulingGated")
          .put("status", "False")
          .put("type", "PodScheduled");
    }
    status.put("qosClass", QualityOfService.of(pod));
    LabelKeys.merge(pod);
    OldProfiles.apply(pod);
  }

  @Override
  public void validateCreate(ObjectNode pod, Violations found) {
    Field root = Field.root(pod);
    Field spec = root.child("spec");
    PodSpecRules.checkPod(root, found);
    if (!spec.child("ephemeralContainers").isEmpty()) {
      found.forbidden(spec.child("ephemeralContainers"), "cannot be set on create");
    }
    if (!spec.child("schedulingGates").isEmpty() && !spec.child("nodeName").isEmpty()) {
      found.forbidden(
          spec.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
    ProfileRules.checkMatch(root.child("metadata", "annotations"), spec, found);
    NameWarnings.tellUnlessLabel(root, "the Pod's hostname", found);
    PodWarnings.tell(root.child("metadata"), spec, Holder.POD, found);
  }

  /// Changes are not warned of: people seldom make them.
  @Override
  public void validateUpdate(ObjectNode pod, ObjectNode before, Violations found) {
    checkWhole(pod, before, found);
    if (!Objects.equals(pod.get("spec"), before.get("spec"))) {
      PodUpdateRules.check(pod, before, found);
    }
    if (!Objects.equals(pod.get("status"), before.get("status"))) {
      PodStatusRules.check(pod, before, found);
    }
  }

  /// What a changed pod must be like, whichever way the change came.
  static void checkWhole(ObjectNode pod, ObjectNode before, Violations found) {
    Field root = Field.root(pod);
    if (Objects.equals(pod.get("spec"), before.get("spec"))) {
      PodAnnotationRules.check(root.child("metadata", "annotations"), root.child("spec"), found);
    } else {
      PodSpecRules.checkPod(root, found);
    }
    PodAnnotationRules.checkChanged(pod, before, found);
  }

  /// Pods that run get time to end; others go at once.
  @Override
  public Duration beginDeletion(ObjectNode pod, DeleteOptions options) {
    String phase = Trees.text(pod, "status", "phase");
    boolean runs =
        !Trees.text(pod, "spec", "nodeName").isEmpty()
            && !phase.equals("Failed")
            && !phase.equals("Succeeded");
    if (!runs) {
      return Duration.ZERO;
    }
    Long wanted = options.gracePeriodSeconds();
    long seconds =
        wanted != null
            ? wanted
            : Trees.number(pod, USUAL_GRACE, "spec", "terminationGracePeriodSeconds");
    return Duration.ofSeconds(seconds < 0 ? 1 : seconds);
  }
}
