package dev.drydock.scheduler.framework;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What rules about pods among pods look at: pods of one class are the same to them, so they are
/// counted, not visited. The pods of one ReplicaSet are one class.
public record PodClass(
    String namespace,
    Map<String, String> labels,
    @Nullable PodAffinity affinity,
    @Nullable PodAntiAffinity antiAffinity,
    Life life) {

  /// Whether a pod is about to go.
  public enum Life {
    LASTING,
    TERMINATING
  }

  public PodClass {
    labels = Map.copyOf(labels);
  }

  static PodClass of(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    @Nullable Affinity affinity = pod.getSpec().getAffinity();
    return new PodClass(
        pod.getMetadata().getNamespace(),
        labels == null ? Map.of() : labels,
        affinity == null ? null : affinity.getPodAffinity(),
        affinity == null ? null : affinity.getPodAntiAffinity(),
        pod.getMetadata().getDeletionTimestamp() == null ? Life.LASTING : Life.TERMINATING);
  }

  public boolean hasAntiAffinity() {
    return antiAffinity != null
        && !antiAffinity.getRequiredDuringSchedulingIgnoredDuringExecution().isEmpty();
  }
}
