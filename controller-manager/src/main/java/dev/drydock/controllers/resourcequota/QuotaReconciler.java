package dev.drydock.controllers.resourcequota;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.usage.ResourceAmounts;
import dev.drydock.api.usage.Usage;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Keyed by quota: counts what is used of it and writes that into its status.
///
/// What has just been charged may not be stored yet, and then the count is too low. So less than
/// was charged is written only when nothing has been charged for a moment.
final class QuotaReconciler implements Reconciler {
  private static final Duration QUIET = Duration.ofMillis(250);

  private final Lister<ResourceQuota> quotas;
  private final Monitors monitors;
  private final ResourceClient<ResourceQuota> client;
  private final Supplier<Moment> time;
  private final Duration resync;
  private final Map<ObjectKey, Seen> charged = new ConcurrentHashMap<>();

  /// When a state of a quota was first seen with less used than it says.
  private record Seen(Revision revision, Instant at) {}

  QuotaReconciler(
      Lister<ResourceQuota> quotas,
      Monitors monitors,
      ResourceClient<ResourceQuota> client,
      Supplier<Moment> time,
      Duration resync) {
    this.quotas = quotas;
    this.monitors = monitors;
    this.client = client;
    this.time = time;
    this.resync = resync;
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    Optional<ResourceQuota> found =
        quotas.get(key).filter(quota -> quota.getMetadata().getDeletionTimestamp() == null);
    if (found.isEmpty()) {
      charged.remove(key);
      return Result.done();
    }
    ResourceQuota quota = found.get();
    ObjectNode tree = TypedCodec.tree(quota);
    ResourceAmounts hard = ResourceAmounts.of(tree.path("spec").get("hard"));
    ResourceAmounts used = count(tree, hard, key.namespace());
    ResourceAmounts before = ResourceAmounts.of(tree.path("status").get("used"));
    boolean sameLimits = hard.equals(ResourceAmounts.of(tree.path("status").get("hard")));
    if (sameLimits && used.equals(before)) {
      charged.remove(key);
      return Result.again(resync);
    }
    if (!before.exceeding(used).isEmpty() && sameLimits && !isQuiet(key, quota)) {
      return Result.again(QUIET);
    }
    charged.remove(key);
    write(tree, hard, used);
    return Result.again(resync);
  }

  private boolean isQuiet(ObjectKey key, ResourceQuota quota) {
    Moment now = time.get();
    var fresh = new Seen(Revision.of(quota), now.now());
    Seen seen =
        charged.merge(
            key, fresh, (old, next) -> old.revision().equals(next.revision()) ? old : next);
    return now.since(seen.at()).compareTo(QUIET) >= 0;
  }

  private ResourceAmounts count(ObjectNode quota, ResourceAmounts hard, String namespace)
      throws InterruptedException {
    Map<String, List<JsonNode>> objects = new HashMap<>();
    for (String limited : new TreeSet<>(hard.names())) {
      String resource = Usage.resourceOf(limited);
      if (!objects.containsKey(resource)) {
        Optional<List<JsonNode>> there = monitors.objects(resource, namespace);
        there.ifPresent(each -> objects.put(resource, each));
      }
    }
    return QuotaCount.of(quota, hard, objects, time.get().now());
  }

  private void write(ObjectNode quota, ResourceAmounts hard, ResourceAmounts used) {
    ObjectNode status = quota.putObject("status");
    hard.writeTo(status, "hard");
    used.writeTo(status, "used");
    try {
      client.update(TypedCodec.read(quota, ResourceQuota.class));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
