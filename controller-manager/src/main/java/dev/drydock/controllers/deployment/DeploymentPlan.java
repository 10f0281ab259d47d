package dev.drydock.controllers.deployment;

import static dev.drydock.controllers.deployment.DeploymentConditions.PROGRESSING;
import static dev.drydock.controllers.deployment.DeploymentConditions.condition;

import dev.drydock.controllers.deployment.DeploymentAction.Create;
import dev.drydock.controllers.deployment.DeploymentAction.Delete;
import dev.drydock.controllers.deployment.DeploymentAction.LookAgain;
import dev.drydock.controllers.deployment.DeploymentAction.RefuseEmptySelector;
import dev.drydock.controllers.deployment.DeploymentAction.Update;
import dev.drydock.controllers.deployment.DeploymentAction.WriteStatus;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The next step of a Deployment towards its template and size. One step at a time: what a step
/// changes wakes the Deployment again.
public final class DeploymentPlan {
  private final Observed observed;
  private final Deployment deployment;
  private final Bounds bounds;
  private final ReplicaSets sets;
  private final List<DeploymentAction> actions = new ArrayList<>();
  private Deployment after;

  /// What the plan is made from.
  ///
  /// @param replicaSets those that belong to the Deployment
  /// @param pods those that belong to these sets; only looked at for Recreate
  public record Observed(
      Deployment deployment, List<ReplicaSet> replicaSets, List<Pod> pods, Moment at) {
    public Observed {
      replicaSets = List.copyOf(replicaSets);
      pods = List.copyOf(pods);
    }
  }

  private DeploymentPlan(Observed observed) {
    this.observed = observed;
    this.deployment = observed.deployment();
    this.after = deployment;
    this.bounds = Bounds.of(deployment);
    this.sets = ReplicaSets.of(deployment, observed.replicaSets());
  }

  public static List<DeploymentAction> of(Observed observed) {
    if (selectsEverything(observed.deployment().getSpec().getSelector())) {
      return refusal(observed.deployment());
    }
    var plan = new DeploymentPlan(observed);
    plan.decide();
    return List.copyOf(plan.actions);
  }

  private static boolean selectsEverything(LabelSelector selector) {
    return selector != null
        && selector.getMatchExpressions().isEmpty()
        && (selector.getMatchLabels() == null || selector.getMatchLabels().isEmpty());
  }

  private static List<DeploymentAction> refusal(Deployment deployment) {
    DeploymentStatus status =
        deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
    Long generation = deployment.getMetadata().getGeneration();
    if (Objects.equals(status.getObservedGeneration(), generation)) {
      return List.of(new RefuseEmptySelector());
    }
    return List.of(
        new RefuseEmptySelector(),
        new WriteStatus(
            new DeploymentBuilder(deployment)
                .withStatus(
                    new DeploymentStatusBuilder(status).withObservedGeneration(generation).build())
                .build()));
  }

  private void decide() {
    if (deployment.getMetadata().getDeletionTimestamp() != null) {
      writeCounts();
    } else if (isPaused()) {
      Rollout.Sizes sizes = proportional();
      resize(sizes);
      cleanUpHistory();
      writeCounts();
    } else if (wasResized()) {
      resize(proportional());
      writeCounts();
    } else if (sets.newest() == null && mayCreate()) {
      create();
    } else {
      rollOut();
    }
  }

  private boolean isPaused() {
    return Boolean.TRUE.equals(deployment.getSpec().getPaused());
  }

  /// The size of the Deployment is not the one that its active sets were last scaled for.
  private boolean wasResized() {
    return sets.active().stream()
        .map(Revisions::desired)
        .anyMatch(desired -> desired.isPresent() && desired.getAsInt() != bounds.replicas());
  }

  private Rollout.Sizes proportional() {
    DeploymentStatus status = deployment.getStatus();
    Integer known = status == null ? null : status.getReplicas();
    return Rollout.proportional(sets, bounds, known == null ? 0 : known);
  }

  private boolean mayCreate() {
    return !Bounds.isRecreate(deployment)
        || (sets.activeOld().isEmpty() && !Rollout.oldPodsLeft(sets, oldPods()));
  }

  private int oldPods() {
    String present = sets.present().map(set -> set.getMetadata().getUid()).orElse("");
    return (int)
        observed.pods().stream()
            .filter(pod -> !PodFacts.isTerminal(pod))
            .filter(
                pod ->
                    pod.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> owner.getUid().equals(present)))
            .count();
  }

  private void create() {
    ReplicaSet made = NewReplicaSet.of(deployment, sets, bounds);
    actions.add(new Create(made));
    annotate(Revisions.revision(made));
    DeploymentConditions conditions = DeploymentConditions.of(deployment);
    if (DeploymentStatusRules.hasDeadline(deployment)) {
      conditions =
          conditions.with(
              condition(
                  PROGRESSING,
                  "True",
                  "NewReplicaSetCreated",
                  "Created new replica set \"" + made.getMetadata().getName() + "\"",
                  observed.at().now()));
    }
    writeStatus(
        DeploymentStatusRules.counted(
            deployment, new ReplicaSets(made, sets.old()), conditions, observed.at().now()));
  }

  private void rollOut() {
    Rollout.Sizes sizes =
        Bounds.isRecreate(deployment)
            ? Rollout.recreate(sets, bounds, oldPods())
            : Rollout.rolling(sets, bounds);
    resize(sizes);
    if (sizes.isEmpty() && DeploymentStatusRules.isComplete(deployment, deployment.getStatus())) {
      cleanUpHistory();
    }
    DeploymentStatus status =
        DeploymentStatusRules.rolledOut(deployment, sets, conditionsOfRollout(), observed.at());
    writeStatus(status);
    DeploymentStatusRules.untilDeadline(deployment, status, observed.at())
        .ifPresent(after -> actions.add(new LookAgain(after)));
  }

  /// The conditions so far; a set that was there before the Deployment began to watch progress
  /// counts as found.
  private DeploymentConditions conditionsOfRollout() {
    DeploymentConditions known = resumed();
    if (!DeploymentStatusRules.hasDeadline(deployment)
        || sets.newest() == null
        || known.get(PROGRESSING).isPresent()) {
      return known;
    }
    return known.with(
        condition(
            PROGRESSING,
            "True",
            "FoundNewReplicaSet",
            "Found new replica set \"" + sets.newest().getMetadata().getName() + "\"",
            observed.at().now()));
  }

  private DeploymentConditions resumed() {
    DeploymentConditions known = DeploymentConditions.of(deployment);
    boolean was =
        known.get(PROGRESSING).filter(c -> c.getReason().equals("DeploymentPaused")).isPresent();
    return was
        ? known.with(
            condition(
                PROGRESSING,
                "Unknown",
                "DeploymentResumed",
                "Deployment is resumed",
                observed.at().now()))
        : known;
  }

  /// Writes the new sizes, and what the present set must say of revision and readiness.
  private void resize(Rollout.Sizes sizes) {
    var changed = new ArrayList<ReplicaSet>(sizes.bySet().keySet());
    sets.present().filter(set -> !changed.contains(set)).ifPresent(changed::add);
    for (ReplicaSet set : changed) {
      ReplicaSet after = set.equals(sets.newest()) ? NewReplicaSet.kept(deployment, sets) : set;
      Integer size = sizes.bySet().get(set);
      if (size != null) {
        after = Revisions.scaled(after, size, bounds);
      } else if (wasResized()) {
        after = Revisions.scaled(after, ReplicaSets.size(after), bounds);
      }
      if (!after.equals(set)) {
        actions.add(new Update(set, after));
      }
    }
    sets.present()
        .map(_ -> Revisions.revision(NewReplicaSet.kept(deployment, sets)))
        .ifPresent(this::annotate);
  }

  private void annotate(long revision) {
    String wanted = Long.toString(revision);
    String known = Revisions.annotations(deployment.getMetadata()).get(Revisions.REVISION);
    if (!wanted.equals(known)) {
      after =
          new DeploymentBuilder(deployment)
              .editMetadata()
              .addToAnnotations(Revisions.REVISION, wanted)
              .endMetadata()
              .build();
    }
  }

  private void cleanUpHistory() {
    History.surplus(deployment, sets.old()).forEach(set -> actions.add(new Delete(set)));
  }

  private void writeCounts() {
    DeploymentConditions conditions = isPaused() ? paused() : resumed();
    writeStatus(DeploymentStatusRules.counted(deployment, sets, conditions, observed.at().now()));
  }

  private DeploymentConditions paused() {
    DeploymentConditions known = DeploymentConditions.of(deployment);
    Optional<String> reason = known.get(PROGRESSING).map(c -> c.getReason());
    if (!DeploymentStatusRules.hasDeadline(deployment)
        || reason.filter(DeploymentStatusRules.TIMED_OUT::equals).isPresent()
        || reason.filter("DeploymentPaused"::equals).isPresent()) {
      return known;
    }
    return known.with(
        condition(
            PROGRESSING,
            "Unknown",
            "DeploymentPaused",
            "Deployment is paused",
            observed.at().now()));
  }

  private void writeStatus(DeploymentStatus status) {
    boolean sameRevision =
        Revisions.annotations(after.getMetadata())
            .equals(Revisions.annotations(deployment.getMetadata()));
    if (!sameRevision || !status.equals(deployment.getStatus())) {
      actions.add(new WriteStatus(new DeploymentBuilder(after).withStatus(status).build()));
    }
  }
}
