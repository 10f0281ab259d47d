package dev.drydock.controllers.servicecidr;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.servicecidr.ServiceCidrPlan.Action;
import dev.drydock.controllers.servicecidr.ServiceCidrPlan.Life;
import dev.drydock.controllers.servicecidr.ServiceCidrPlan.Readiness;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keyed by ServiceCIDR: holds it, says whether it is ready, and lets it go when no address needs
/// it.
public final class ServiceCidrReconciler implements Reconciler {
  static final Kind<GenericKubernetesResource> RANGES = kind("servicecidrs");
  static final Kind<GenericKubernetesResource> ADDRESSES = kind("ipaddresses");
  private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
  private static final String ALLOCATOR = "ipallocator.k8s.io";

  private final Lister<GenericKubernetesResource> ranges;
  private final Lister<GenericKubernetesResource> addresses;
  private final ResourceClient<GenericKubernetesResource> client;
  private final ResourceClient<GenericKubernetesResource> status;
  private final Supplier<Moment> time;

  private ServiceCidrReconciler(
      Lister<GenericKubernetesResource> ranges,
      Lister<GenericKubernetesResource> addresses,
      ControllerContext context) {
    this.ranges = ranges;
    this.addresses = addresses;
    this.client = context.api().resource(RANGES);
    this.status = context.api().status(RANGES);
    this.time = context::moment;
  }

  private static Kind<GenericKubernetesResource> kind(String resource) {
    return Kinds.dynamic(BuiltInTypes.get().type("networking.k8s.io/v1", resource));
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context, int workers) {
    Informer<GenericKubernetesResource> ranges = context.informers().informer(RANGES);
    Informer<GenericKubernetesResource> addresses = context.informers().informer(ADDRESSES);
    Lister<GenericKubernetesResource> known = ranges.lister();
    return Controller.named("service-cidr-controller", context.environment())
        .of("servicecidr")
        .workers(workers)
        .watch(ranges, range -> related(known, range))
        .watch(addresses, address -> giving(known, address))
        .reconcile(new ServiceCidrReconciler(known, addresses.lister(), context));
  }

  /// The range, and those whose need of it may have changed.
  private static Collection<ObjectKey> related(
      Lister<GenericKubernetesResource> known, GenericKubernetesResource changed) {
    ServiceRange range = ServiceRange.of(changed);
    return Stream.concat(
            Stream.of(ObjectKey.of(changed)),
            known.list().stream()
                .filter(other -> ServiceRange.of(other).overlaps(range))
                .map(ObjectKey::of))
        .distinct()
        .toList();
  }

  private static Collection<ObjectKey> giving(
      Lister<GenericKubernetesResource> known, GenericKubernetesResource address) {
    String name = address.getMetadata().getName();
    return known.list().stream()
        .filter(range -> ServiceRange.of(range).gives(name))
        .map(ObjectKey::of)
        .toList();
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<GenericKubernetesResource> found = ranges.get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    GenericKubernetesResource object = found.get();
    Optional<String> deleted = Optional.ofNullable(object.getMetadata().getDeletionTimestamp());
    Duration ending =
        deleted
            .map(since -> time.get().since(KubernetesTime.parseOrEpoch(since)))
            .orElse(Duration.ZERO);
    List<ServiceRange> others =
        ranges.list().stream()
            .filter(other -> !ObjectKey.of(other).equals(key))
            .map(ServiceRange::of)
            .toList();
    List<Action> actions =
        ServiceCidrPlan.plan(
            ServiceRange.of(object),
            deleted.isPresent() ? Life.ENDING : Life.STAYS,
            ending,
            others,
            given());
    Result result = Result.done();
    try {
      for (Action action : actions) {
        result = carryOut(action, object, result);
      }
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
    return result;
  }

  private List<String> given() {
    return addresses.list().stream()
        .filter(
            address ->
                address.getMetadata().getLabels() != null
                    && ALLOCATOR.equals(address.getMetadata().getLabels().get(MANAGED_BY)))
        .map(address -> address.getMetadata().getName())
        .toList();
  }

  private Result carryOut(Action action, GenericKubernetesResource object, Result before) {
    List<String> finalizers = new ArrayList<>(object.getMetadata().getFinalizers());
    switch (action) {
      case Action.Hold _ -> {
        if (!finalizers.contains(ServiceCidrPlan.FINALIZER)) {
          finalizers.add(ServiceCidrPlan.FINALIZER);
          write(object, finalizers);
        }
      }
      case Action.LetGo _ -> {
        if (finalizers.remove(ServiceCidrPlan.FINALIZER)) {
          write(object, finalizers);
        }
      }
      case Action.Tell(Readiness readiness) -> tell(object, readiness);
      case Action.Wait(Duration wait) -> {
        return Result.again(wait);
      }
    }
    return before;
  }

  private void write(GenericKubernetesResource object, List<String> finalizers) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
    finalizers.forEach(metadata.putArray("finalizers")::add);
    client.patch(ObjectKey.of(object), new Patch.Merge(patch.toString()));
  }

  private void tell(GenericKubernetesResource object, Readiness readiness) {
    Map<?, ?> was = condition(object);
    if (readiness.status().equals(was.get("status"))
        && readiness.message().equals(was.get("message"))) {
      return;
    }
    ObjectNode intent = JsonNodeFactory.instance.objectNode();
    intent.put("apiVersion", RANGES.type().apiVersion()).put("kind", RANGES.type().kind());
    intent.putObject("metadata").put("name", object.getMetadata().getName());
    intent
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", readiness.status())
        .put("reason", readiness.reason())
        .put("message", readiness.message())
        .put("lastTransitionTime", KubernetesTime.seconds(time.get().now()));
    status.patch(
        ObjectKey.of(object),
        new Patch.Apply(intent.toString(), "service-cidr-controller", Patch.Conflicts.FORCE));
  }

  private static Map<?, ?> condition(GenericKubernetesResource object) {
    if (object.getAdditionalProperties().get("status") instanceof Map<?, ?> told
        && told.get("conditions") instanceof List<?> conditions) {
      for (Object condition : conditions) {
        if (condition instanceof Map<?, ?> one && "Ready".equals(one.get("type"))) {
          return one;
        }
      }
    }
    return Map.of();
  }
}
