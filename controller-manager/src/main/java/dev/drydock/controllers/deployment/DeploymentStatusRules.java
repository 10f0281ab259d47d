package dev.drydock.controllers.deployment;

import static dev.drydock.controllers.deployment.DeploymentConditions.AVAILABLE;
import static dev.drydock.controllers.deployment.DeploymentConditions.PROGRESSING;
import static dev.drydock.controllers.deployment.DeploymentConditions.REPLICA_FAILURE;
import static dev.drydock.controllers.deployment.DeploymentConditions.condition;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The status of a Deployment, as a function of its ReplicaSets.
final class DeploymentStatusRules {
  static final String NEW_SET_AVAILABLE = "NewReplicaSetAvailable";
  static final String TIMED_OUT = "ProgressDeadlineExceeded";

  private DeploymentStatusRules() {}

  /// Counts and availability; progress is left as it was.
  static DeploymentStatus counted(
      Deployment deployment, ReplicaSets sets, DeploymentConditions before, Instant now) {
    List<ReplicaSet> all = sets.all();
    Bounds bounds = Bounds.of(deployment);
    int available = ReplicaSets.available(all);
    DeploymentCondition availability =
        available >= bounds.fewestAvailable()
            ? condition(
                AVAILABLE,
                "True",
                "MinimumReplicasAvailable",
                "Deployment has minimum availability.",
                now)
            : condition(
                AVAILABLE,
                "False",
                "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability.",
                now);
    int updated =
        sets.present().map(s -> ReplicaSets.count(s, ReplicaSetStatus::getReplicas)).orElse(0);
    return new DeploymentStatusBuilder()
        .withObservedGeneration(deployment.getMetadata().getGeneration())
        .withReplicas(positive(ReplicaSets.count(all, ReplicaSetStatus::getReplicas)))
        .withUpdatedReplicas(positive(updated))
        .withReadyReplicas(positive(ReplicaSets.count(all, ReplicaSetStatus::getReadyReplicas)))
        .withAvailableReplicas(positive(available))
        .withUnavailableReplicas(positive(Math.max(0, ReplicaSets.size(all) - available)))
        .withTerminatingReplicas(ReplicaSets.count(all, ReplicaSetStatus::getTerminatingReplicas))
        .withCollisionCount(collisions(deployment))
        .withConditions(before.with(availability).list())
        .build();
  }

  static @Nullable Integer collisions(Deployment deployment) {
    return deployment.getStatus() == null ? null : deployment.getStatus().getCollisionCount();
  }

  /// Kubernetes leaves zero counts out of the object.
  private static @Nullable Integer positive(int count) {
    return count == 0 ? null : Integer.valueOf(count);
  }

  /// Counts, availability and progress of a rollout.
  static DeploymentStatus rolledOut(
      Deployment deployment, ReplicaSets sets, DeploymentConditions before, Moment at) {
    DeploymentStatus counted = counted(deployment, sets, before, at.now());
    var conditions = new DeploymentConditions(counted.getConditions());
    if (!hasDeadline(deployment)) {
      conditions = conditions.without(PROGRESSING);
    } else if (!isFinished(deployment, counted)) {
      conditions = progress(deployment, sets, counted, at);
    }
    return new DeploymentStatusBuilder(counted)
        .withConditions(failure(sets, conditions).list())
        .build();
  }

  private static DeploymentConditions progress(
      Deployment deployment, ReplicaSets sets, DeploymentStatus counted, Moment at) {
    Instant now = at.now();
    var conditions = new DeploymentConditions(counted.getConditions());
    String who =
        sets.present()
            .map(set -> "ReplicaSet \"" + set.getMetadata().getName() + "\"")
            .orElse("Deployment \"" + deployment.getMetadata().getName() + "\"");
    if (isComplete(deployment, counted)) {
      return conditions.with(
          condition(
              PROGRESSING, "True", NEW_SET_AVAILABLE, who + " has successfully progressed.", now));
    }
    if (moved(deployment.getStatus(), counted)) {
      return conditions.refreshed(
          condition(PROGRESSING, "True", "ReplicaSetUpdated", who + " is progressing.", now));
    }
    if (isTimedOut(deployment, conditions, at)) {
      return conditions.with(
          condition(PROGRESSING, "False", TIMED_OUT, who + " has timed out progressing.", now));
    }
    return conditions;
  }

  /// Every replica is of the new template and available, and the status knows the last change.
  static boolean isComplete(Deployment deployment, @Nullable DeploymentStatus status) {
    if (status == null) {
      return false;
    }
    int wanted = Bounds.of(deployment).replicas();
    return number(status.getUpdatedReplicas()) == wanted
        && number(status.getReplicas()) == wanted
        && number(status.getAvailableReplicas()) == wanted
        && generation(status.getObservedGeneration())
            >= generation(deployment.getMetadata().getGeneration());
  }

  /// The rollout ended earlier: losing a pod now is no new rollout.
  private static boolean isFinished(Deployment deployment, DeploymentStatus counted) {
    return number(counted.getReplicas()) == number(counted.getUpdatedReplicas())
        && DeploymentConditions.of(deployment)
            .get(PROGRESSING)
            .filter(known -> known.getReason().equals(NEW_SET_AVAILABLE))
            .isPresent();
  }

  private static boolean moved(@Nullable DeploymentStatus before, DeploymentStatus after) {
    DeploymentStatus old = before == null ? new DeploymentStatus() : before;
    int oldRest = number(old.getReplicas()) - number(old.getUpdatedReplicas());
    int newRest = number(after.getReplicas()) - number(after.getUpdatedReplicas());
    return number(after.getUpdatedReplicas()) > number(old.getUpdatedReplicas())
        || newRest < oldRest
        || number(after.getReadyReplicas()) > number(old.getReadyReplicas())
        || number(after.getAvailableReplicas()) > number(old.getAvailableReplicas());
  }

  private static boolean isTimedOut(
      Deployment deployment, DeploymentConditions conditions, Moment at) {
    Optional<DeploymentCondition> known = conditions.get(PROGRESSING);
    if (known.isEmpty() || known.get().getReason().equals(NEW_SET_AVAILABLE)) {
      return false;
    }
    return known.get().getReason().equals(TIMED_OUT)
        || left(deployment, known.get(), at).isNegative();
  }

  static boolean hasDeadline(Deployment deployment) {
    Integer seconds = deployment.getSpec().getProgressDeadlineSeconds();
    return seconds != null && seconds != Integer.MAX_VALUE;
  }

  /// What is left of the progress deadline.
  private static Duration left(Deployment deployment, DeploymentCondition progressing, Moment at) {
    return at.left(
        KubernetesTime.parseOrEpoch(progressing.getLastUpdateTime()),
        Duration.ofSeconds(deployment.getSpec().getProgressDeadlineSeconds()));
  }

  /// How long to wait for progress before looking whether the deadline has passed; empty when
  /// nothing is awaited.
  static Optional<Duration> untilDeadline(
      Deployment deployment, DeploymentStatus status, Moment at) {
    Optional<DeploymentCondition> known =
        new DeploymentConditions(status.getConditions()).get(PROGRESSING);
    if (!hasDeadline(deployment) || known.isEmpty() || isComplete(deployment, status)) {
      return Optional.empty();
    }
    String reason = known.get().getReason();
    if (reason.equals(TIMED_OUT) || reason.equals(NEW_SET_AVAILABLE)) {
      return Optional.empty();
    }
    Duration left = left(deployment, known.get(), at).plusSeconds(1);
    return Optional.of(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
  }

  private static DeploymentConditions failure(ReplicaSets sets, DeploymentConditions conditions) {
    return Stream.concat(sets.present().stream(), sets.old().stream())
        .flatMap(set -> set.getStatus() == null ? Stream.of() : conditionsOf(set))
        .filter(known -> known.getType().equals(REPLICA_FAILURE))
        .findFirst()
        .map(known -> conditions.with(translated(known)))
        .orElseGet(() -> conditions.without(REPLICA_FAILURE));
  }

  private static Stream<ReplicaSetCondition> conditionsOf(ReplicaSet set) {
    return set.getStatus().getConditions().stream();
  }

  private static DeploymentCondition translated(ReplicaSetCondition from) {
    return new DeploymentConditionBuilder()
        .withType(REPLICA_FAILURE)
        .withStatus(from.getStatus())
        .withReason(from.getReason())
        .withMessage(from.getMessage())
        .withLastTransitionTime(from.getLastTransitionTime())
        .withLastUpdateTime(from.getLastTransitionTime())
        .build();
  }

  private static int number(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  private static long generation(@Nullable Long generation) {
    return generation == null ? 0 : generation;
  }
}
