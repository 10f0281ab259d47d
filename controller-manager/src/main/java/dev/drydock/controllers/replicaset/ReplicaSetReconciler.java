package dev.drydock.controllers.replicaset;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.batch.Batch;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.ownership.ClaimPlan;
import dev.drydock.controllers.ownership.Claims;
import dev.drydock.controllers.ownership.Owner;
import dev.drydock.controllers.replicaset.ReplicaSetStatusRules.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Gathers what a [ReplicaSetPlan] needs, does what it asks for, and reports in the status.
final class ReplicaSetReconciler implements Reconciler {
  private final ReplicaSource source;
  private final Lister<Pod> pods;
  private final ResourceClient<Pod> client;
  private final EventRecorder events;
  private final Supplier<Moment> time;
  private final Claims<Pod> claims;

  ReplicaSetReconciler(
      ReplicaSource source,
      Lister<Pod> pods,
      ResourceClient<Pod> client,
      EventRecorder events,
      Supplier<Moment> time) {
    this.source = source;
    this.pods = pods;
    this.client = client;
    this.events = events;
    this.time = time;
    this.claims = new Claims<>(pods, client);
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    Optional<ReplicaSet> found = source.get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    ReplicaSetPlan.Observed observed = gather(found.get());
    Result result = Result.done();
    Optional<RuntimeException> failed = Optional.empty();
    Optional<Failure> failure = Optional.empty();
    for (ReplicaSetAction action : ReplicaSetPlan.of(observed)) {
      switch (action) {
        case ReplicaSetAction.CreatePods(int count) -> {
          failed = create(found.get(), count);
          failure = failed.map(e -> Failure.of("FailedCreate", e));
        }
        case ReplicaSetAction.DeletePods(List<Pod> surplus) -> {
          failed = Batch.all(surplus, pod -> delete(found.get(), pod));
          failure = failed.map(e -> Failure.of("FailedDelete", e));
        }
        case ReplicaSetAction.LookAgain(var after) -> result = Result.again(after);
      }
    }
    report(found.get(), ReplicaSetStatusRules.of(observed, failure));
    if (failed.isPresent()) {
      throw failed.get();
    }
    return result;
  }

  private void report(ReplicaSet set, ReplicaSetStatus status) {
    if (status.equals(set.getStatus())) {
      return;
    }
    try {
      source.writeStatus(set, status);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private ReplicaSetPlan.Observed gather(ReplicaSet set) {
    Owner owner = source.owner(set);
    ClaimPlan<Pod> plan =
        ClaimPlan.of(
            owner,
            set.getMetadata().getDeletionTimestamp() == null
                ? ClaimPlan.Mood.CLAIMING
                : ClaimPlan.Mood.LEAVING,
            LabelSelector.of(set.getSpec().getSelector()),
            claims.candidates(set));
    claims.write(owner, plan.claims(), () -> source.live(ObjectKey.of(set)));
    var alone = new ReplicaSetPlan.Observed(set, plan.owned(), List.of(), time.get());
    if (alone.active().size() <= ReplicaSetPlan.wanted(set)) {
      return alone;
    }
    List<Pod> related =
        source.siblings(set).stream()
            .map(sibling -> sibling.getMetadata().getUid())
            .flatMap(uid -> pods.byIndex(Indexes.controllerUid(), uid).stream())
            .toList();
    return new ReplicaSetPlan.Observed(set, plan.owned(), related, alone.at());
  }

  private Optional<RuntimeException> create(ReplicaSet set, int count) throws InterruptedException {
    Pod pod = PodFactory.of(set, source.owner(set));
    return Batch.slowStart(count, () -> create(set, pod));
  }

  private void create(ReplicaSet set, Pod pod) {
    try {
      Pod created = client.create(pod);
      events.record(
          set,
          EventRecorder.Type.NORMAL,
          "SuccessfulCreate",
          "Created pod: " + created.getMetadata().getName());
    } catch (ApiException e) {
      events.record(
          set, EventRecorder.Type.WARNING, "FailedCreate", "Error creating: " + e.getMessage());
      throw e;
    }
  }

  private void delete(ReplicaSet set, Pod pod) {
    try {
      client.delete(ObjectKey.of(pod), Deletion.DEFAULT.onlyIf(Uid.of(pod)));
      events.record(
          set,
          EventRecorder.Type.NORMAL,
          "SuccessfulDelete",
          "Deleted pod: " + pod.getMetadata().getName());
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        events.record(
            set, EventRecorder.Type.WARNING, "FailedDelete", "Error deleting: " + e.getMessage());
        throw e;
      }
    }
  }
}
