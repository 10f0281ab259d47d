package dev.drydock.scheduler.cluster;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.selector.Requirement;
import dev.drydock.client.cache.Lister;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the pods from which a pod is spread by default: those that its services and its
/// controller select.
public record Workloads(
    Lister<Service> services,
    Lister<ReplicaSet> replicaSets,
    Lister<StatefulSet> statefulSets,
    Lister<ReplicationController> replicationControllers) {

  /// @return accepts nothing when the pod belongs to none
  public LabelSelector selectorFor(Pod pod) {
    String namespace = pod.getMetadata().getNamespace();
    @Nullable Map<String, String> labels = pod.getMetadata().getLabels();
    if (labels == null || labels.isEmpty()) {
      return LabelSelector.NOTHING;
    }
    Set<Requirement> all = new LinkedHashSet<>();
    for (Service service : services.inNamespace(namespace)) {
      @Nullable Map<String, String> selector = service.getSpec().getSelector();
      if (selector != null
          && !selector.isEmpty()
          && labels.entrySet().containsAll(selector.entrySet())) {
        all.addAll(LabelSelector.ofLabels(selector).requirements());
      }
    }
    for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
      if (Boolean.TRUE.equals(owner.getController())) {
        ownerSelector(owner, ObjectKey.of(namespace, owner.getName()))
            .ifPresent(selector -> all.addAll(selector.requirements()));
      }
    }
    return all.isEmpty() ? LabelSelector.NOTHING : new LabelSelector(all.stream().toList());
  }

  private Optional<LabelSelector> ownerSelector(OwnerReference owner, ObjectKey key) {
    return switch (owner.getKind()) {
      case "ReplicaSet" ->
          replicaSets.get(key).map(set -> LabelSelector.of(set.getSpec().getSelector()));
      case "StatefulSet" ->
          statefulSets.get(key).map(set -> LabelSelector.of(set.getSpec().getSelector()));
      case "ReplicationController" ->
          replicationControllers
              .get(key)
              .map(controller -> LabelSelector.ofLabels(controller.getSpec().getSelector()));
      default -> Optional.empty();
    };
  }
}
