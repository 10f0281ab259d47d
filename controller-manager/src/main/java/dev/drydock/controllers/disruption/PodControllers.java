package dev.drydock.controllers.disruption;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many pods the controllers of pods want.
final class PodControllers {
  private final Lister<ReplicaSet> replicaSets;
  private final Lister<Deployment> deployments;
  private final Api api;

  PodControllers(Lister<ReplicaSet> replicaSets, Lister<Deployment> deployments, Api api) {
    this.replicaSets = replicaSets;
    this.deployments = deployments;
    this.api = api;
  }

  /// A controller cannot be asked.
  static final class UnknownScaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownScaleException(String message) {
      super(message);
    }
  }

  /// The sum over the controllers of these pods; pods without one don't count.
  ///
  /// @throws UnknownScaleException with words for people
  int scale(List<Pod> pods) {
    Map<String, Integer> byUid = new HashMap<>();
    for (Pod pod : pods) {
      Optional<OwnerReference> owner = Owner.controllerOf(pod);
      if (owner.isPresent() && !byUid.containsKey(owner.get().getUid())) {
        count(pod, owner.get(), byUid);
      }
    }
    return byUid.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void count(Pod pod, OwnerReference owner, Map<String, Integer> byUid) {
    String namespace = pod.getMetadata().getNamespace();
    if (owner.getKind().equals("ReplicaSet") && owner.getApiVersion().startsWith("apps/")) {
      Optional<ReplicaSet> set = replicaSets.get(ObjectKey.of(namespace, owner.getName()));
      Optional<Deployment> above =
          set.flatMap(Owner::controllerOf)
              .filter(reference -> reference.getKind().equals("Deployment"))
              .flatMap(reference -> deployments.get(ObjectKey.of(namespace, reference.getName())));
      if (above.isPresent()) {
        byUid.put(owner.getUid(), 0);
        byUid.put(above.get().getMetadata().getUid(), number(above.get().getSpec().getReplicas()));
        return;
      }
      if (set.isPresent()) {
        byUid.put(owner.getUid(), number(set.get().getSpec().getReplicas()));
        return;
      }
    }
    byUid.put(owner.getUid(), asked(pod, owner));
  }

  private static int number(@Nullable Integer replicas) {
    return replicas == null ? 1 : replicas;
  }

  private int asked(Pod pod, OwnerReference owner) {
    Optional<ResourceType> type =
        BuiltInTypes.get().all().stream()
            .map(TypeInfo::type)
            .filter(each -> each.apiVersion().equals(owner.getApiVersion()))
            .filter(each -> each.kind().equals(owner.getKind()))
            .findFirst();
    String podName = pod.getMetadata().getName();
    if (type.isEmpty()) {
      throw new UnknownScaleException("found no controller ref for pod \"" + podName + "\"");
    }
    try {
      GenericKubernetesResource scale =
          api.subresource(Kinds.dynamic(type.get()), "scale", GenericKubernetesResource.class)
              .get(ObjectKey.of(pod.getMetadata().getNamespace(), owner.getName()));
      Object replicas = scale.get("spec", "replicas");
      return replicas instanceof Number number ? number.intValue() : 0;
    } catch (ApiException e) {
      throw new UnknownScaleException(
          e.isNotFound()
              ? type.get().qualifiedResource() + " does not implement the scale subresource"
              : String.valueOf(e.getMessage()));
    }
  }
}
