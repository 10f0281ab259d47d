package dev.drydock.controllers.ttlafterfinished;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Keyed by Job: deletes it, with what it owns, when its `ttlSecondsAfterFinished` is over.
public final class TtlAfterFinishedReconciler implements Reconciler {
  private final ResourceClient<GenericKubernetesResource> client;
  private final Supplier<Moment> time;
  private final Informer<GenericKubernetesResource> jobs;

  private TtlAfterFinishedReconciler(
      Informer<GenericKubernetesResource> jobs,
      ResourceClient<GenericKubernetesResource> client,
      Supplier<Moment> time) {
    this.jobs = jobs;
    this.client = client;
    this.time = time;
  }

  /// Builds the controller.
  ///
  /// @param workers `--concurrent-ttl-after-finished-syncs`
  public static Component controller(ControllerContext context, int workers) {
    Kind<GenericKubernetesResource> kind =
        Kinds.dynamic(BuiltInTypes.get().type("batch/v1", "jobs"));
    Informer<GenericKubernetesResource> jobs = context.informers().informer(kind);
    return Controller.named("ttl-after-finished-controller", context.environment())
        .of("job")
        .workers(workers)
        .watch(jobs, KeyMapper.self())
        .reconcile(
            new TtlAfterFinishedReconciler(jobs, context.api().resource(kind), context::moment));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Duration> left = jobs.lister().get(key).flatMap(this::left);
    if (left.isEmpty()) {
      return Result.done();
    }
    if (left.get().isPositive()) {
      return Result.again(left.get());
    }
    try {
      GenericKubernetesResource fresh = client.get(key);
      Optional<Duration> still = left(fresh);
      if (still.isEmpty()) {
        return Result.done();
      }
      if (still.get().isPositive()) {
        return Result.again(still.get());
      }
      client.delete(
          key,
          Deletion.DEFAULT.withPropagation(Deletion.Propagation.FOREGROUND).onlyIf(Uid.of(fresh)));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
    return Result.done();
  }

  /// How long a Job still stays; empty: for ever, or it is going already.
  private Optional<Duration> left(GenericKubernetesResource job) {
    ObjectNode tree = TypedCodec.tree(job);
    JsonNode seconds = tree.path("spec").path("ttlSecondsAfterFinished");
    if (!seconds.isIntegralNumber() || job.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    return finishedAt(tree)
        .map(end -> time.get().left(end, Duration.ofSeconds(seconds.longValue())));
  }

  private static Optional<Instant> finishedAt(JsonNode job) {
    for (JsonNode condition : job.path("status").path("conditions")) {
      String type = condition.path("type").stringValue("");
      if ((type.equals("Complete") || type.equals("Failed"))
          && condition.path("status").stringValue("").equals("True")) {
        return Optional.of(
            KubernetesTime.parseOrEpoch(condition.path("lastTransitionTime").stringValue("")));
      }
    }
    return Optional.empty();
  }
}
