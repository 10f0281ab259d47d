package dev.drydock.controllers.deployment;

import dev.drydock.api.time.KubernetesTime;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The list of conditions of a Deployment, changed the way Kubernetes changes it: the same status
/// for the same reason is left alone, and the time of transition moves only with the status.
record DeploymentConditions(List<DeploymentCondition> list) {
  static final String AVAILABLE = "Available";
  static final String PROGRESSING = "Progressing";
  static final String REPLICA_FAILURE = "ReplicaFailure";

  DeploymentConditions {
    list = List.copyOf(list);
  }

  static DeploymentConditions of(Deployment deployment) {
    return new DeploymentConditions(
        deployment.getStatus() == null ? List.of() : deployment.getStatus().getConditions());
  }

  static DeploymentCondition condition(
      String type, String status, String reason, String message, Instant now) {
    return new DeploymentConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withLastUpdateTime(KubernetesTime.seconds(now))
        .withLastTransitionTime(KubernetesTime.seconds(now))
        .build();
  }

  Optional<DeploymentCondition> get(String type) {
    return list.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }

  DeploymentConditions with(DeploymentCondition wanted) {
    Optional<DeploymentCondition> known = get(wanted.getType());
    boolean sameStatus =
        known.filter(old -> old.getStatus().equals(wanted.getStatus())).isPresent();
    if (sameStatus && known.get().getReason().equals(wanted.getReason())) {
      return this;
    }
    var result = new ArrayList<>(without(wanted.getType()).list());
    result.add(
        sameStatus
            ? new DeploymentConditionBuilder(wanted)
                .withLastTransitionTime(known.get().getLastTransitionTime())
                .build()
            : wanted);
    return new DeploymentConditions(result);
  }

  /// As [#with], but also when only the time or the message is new: there was progress.
  DeploymentConditions refreshed(DeploymentCondition wanted) {
    Optional<DeploymentCondition> known = get(wanted.getType());
    var result = new ArrayList<>(without(wanted.getType()).list());
    boolean sameStatus =
        known.filter(old -> old.getStatus().equals(wanted.getStatus())).isPresent();
    result.add(
        sameStatus
            ? new DeploymentConditionBuilder(wanted)
                .withLastTransitionTime(known.get().getLastTransitionTime())
                .build()
            : wanted);
    return new DeploymentConditions(result);
  }

  DeploymentConditions without(String type) {
    return new DeploymentConditions(
        list.stream().filter(condition -> !condition.getType().equals(type)).toList());
  }
}
