package dev.drydock.controllers.deployment;

import static dev.drydock.client.event.EventRecorder.Type.NORMAL;
import static dev.drydock.client.event.EventRecorder.Type.WARNING;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.ownership.ClaimPlan;
import dev.drydock.controllers.ownership.Claims;
import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Gathers what a [DeploymentPlan] needs and does what it asks for.
final class DeploymentReconciler implements Reconciler {
  private final Lister<Deployment> deployments;
  private final Lister<Pod> pods;
  private final Api api;
  private final ResourceClient<ReplicaSet> sets;
  private final EventRecorder events;
  private final Supplier<Moment> time;
  private final Claims<ReplicaSet> claims;

  DeploymentReconciler(
      Lister<Deployment> deployments,
      Lister<ReplicaSet> replicaSets,
      Lister<Pod> pods,
      Api api,
      EventRecorder events,
      Supplier<Moment> time) {
    this.deployments = deployments;
    this.pods = pods;
    this.api = api;
    this.sets = api.resource(Kinds.REPLICA_SET);
    this.events = events;
    this.time = time;
    this.claims = new Claims<>(replicaSets, sets);
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Deployment> found = deployments.get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    try {
      return carryOut(found.get());
    } catch (ApiException e) {
      if (e.isNotFound() && deleted(key)) {
        return Result.done();
      }
      throw e;
    }
  }

  /// Whether it went while we worked on it.
  private boolean deleted(ObjectKey key) {
    try {
      api.resource(Kinds.DEPLOYMENT).get(key);
      return false;
    } catch (ApiException e) {
      return e.isNotFound();
    }
  }

  private Result carryOut(Deployment deployment) {
    Result result = Result.done();
    for (DeploymentAction action : DeploymentPlan.of(gather(deployment))) {
      switch (action) {
        case DeploymentAction.Create(ReplicaSet set) -> {
          if (!create(deployment, set)) {
            return Result.again(Duration.ZERO);
          }
        }
        case DeploymentAction.Update(ReplicaSet before, ReplicaSet after) ->
            update(deployment, before, after);
        case DeploymentAction.Delete(ReplicaSet set) -> delete(set);
        case DeploymentAction.WriteStatus(Deployment after) ->
            api.status(Kinds.DEPLOYMENT).update(after);
        case DeploymentAction.LookAgain(Duration after) -> result = Result.again(after);
        case DeploymentAction.RefuseEmptySelector() ->
            events.record(
                deployment,
                WARNING,
                "SelectingAll",
                "This deployment is selecting all pods. A non-empty selector is required.");
      }
    }
    return result;
  }

  private DeploymentPlan.Observed gather(Deployment deployment) {
    Owner owner = Owner.of("apps/v1", "Deployment", deployment);
    ClaimPlan<ReplicaSet> plan =
        ClaimPlan.of(
            owner,
            deployment.getMetadata().getDeletionTimestamp() == null
                ? ClaimPlan.Mood.CLAIMING
                : ClaimPlan.Mood.LEAVING,
            LabelSelector.of(deployment.getSpec().getSelector()),
            claims.candidates(deployment));
    claims.write(
        owner, plan.claims(), () -> api.resource(Kinds.DEPLOYMENT).get(ObjectKey.of(deployment)));
    return new DeploymentPlan.Observed(
        deployment, plan.owned(), podsOf(deployment, plan.owned()), time.get());
  }

  private List<Pod> podsOf(Deployment deployment, List<ReplicaSet> owned) {
    if (!Bounds.isRecreate(deployment)) {
      return List.of();
    }
    return owned.stream()
        .map(set -> set.getMetadata().getUid())
        .flatMap(uid -> pods.byIndex(Indexes.controllerUid(), uid).stream())
        .toList();
  }

  /// @return whether the set is there now; otherwise its name was taken, and the Deployment will
  ///     try another
  private boolean create(Deployment deployment, ReplicaSet set) {
    String name = set.getMetadata().getName();
    try {
      sets.create(set);
    } catch (ApiException e) {
      if (e.isAlreadyExists()) {
        return isOurs(deployment, set) || countCollision(deployment);
      }
      String message = "Failed to create new replica set \"" + name + "\": " + e.getMessage();
      events.record(deployment, WARNING, "ReplicaSetCreateError", message);
      reportFailure(deployment, message);
      throw e;
    }
    int size = ReplicaSets.size(set);
    if (size > 0) {
      tellScaled(deployment, name, 0, size);
    }
    return true;
  }

  private boolean isOurs(Deployment deployment, ReplicaSet set) {
    ReplicaSet there = sets.get(ObjectKey.of(set));
    return Owner.of("apps/v1", "Deployment", deployment).controls(there)
        && ReplicaSets.sameTemplate(
            there.getSpec().getTemplate(), deployment.getSpec().getTemplate());
  }

  private boolean countCollision(Deployment deployment) {
    Integer before = DeploymentStatusRules.collisions(deployment);
    writeStatus(
        deployment,
        new DeploymentStatusBuilder(statusOf(deployment))
            .withCollisionCount(before == null ? 1 : before + 1)
            .build());
    return false;
  }

  private void reportFailure(Deployment deployment, String message) {
    if (DeploymentStatusRules.hasDeadline(deployment)) {
      DeploymentConditions conditions =
          DeploymentConditions.of(deployment)
              .with(
                  DeploymentConditions.condition(
                      DeploymentConditions.PROGRESSING,
                      "False",
                      "ReplicaSetCreateError",
                      message,
                      time.get().now()));
      DeploymentStatus status =
          new DeploymentStatusBuilder(statusOf(deployment))
              .withConditions(conditions.list())
              .build();
      if (!status.equals(deployment.getStatus())) {
        writeStatus(deployment, status);
      }
    }
  }

  private static DeploymentStatus statusOf(Deployment deployment) {
    return deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
  }

  private void update(Deployment deployment, ReplicaSet before, ReplicaSet after) {
    sets.update(after);
    int from = ReplicaSets.size(before);
    int to = ReplicaSets.size(after);
    if (from != to) {
      tellScaled(deployment, after.getMetadata().getName(), from, to);
    }
  }

  private void tellScaled(Deployment deployment, String set, int from, int to) {
    events.record(
        deployment,
        NORMAL,
        "ScalingReplicaSet",
        (to > from ? "Scaled up" : "Scaled down")
            + (" replica set " + set + " from " + from + " to " + to));
  }

  private void delete(ReplicaSet set) {
    try {
      sets.delete(ObjectKey.of(set), Deletion.DEFAULT.onlyIf(Uid.of(set)));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private void writeStatus(Deployment deployment, DeploymentStatus status) {
    api.status(Kinds.DEPLOYMENT)
        .update(new DeploymentBuilder(deployment).withStatus(status).build());
  }
}
