package dev.drydock.kubelet.status;

import dev.drydock.api.time.KubernetesTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The conditions of a pod that the kubelet owns.
public final class ConditionRules {
  public static final String READY_TO_START = "PodReadyToStartContainers";
  public static final String INITIALIZED = "Initialized";
  public static final String READY = "Ready";
  public static final String CONTAINERS_READY = "ContainersReady";
  public static final String SCHEDULED = "PodScheduled";

  public static final String RESIZE_PENDING = "PodResizePending";
  public static final String RESIZE_IN_PROGRESS = "PodResizeInProgress";

  /// Those that a kubelet's write may touch.
  static final Set<String> OWNED =
      Set.of(
          READY_TO_START,
          INITIALIZED,
          READY,
          CONTAINERS_READY,
          SCHEDULED,
          RESIZE_PENDING,
          RESIZE_IN_PROGRESS);

  private ConditionRules() {}

  private record Verdict(String status, @Nullable String reason, @Nullable String message) {
    static final Verdict TRUE = new Verdict("True", null, null);

    static Verdict no(String reason, @Nullable String message) {
      return new Verdict("False", reason, message);
    }
  }

  /// In the order in which a real kubelet writes them.
  static List<PodCondition> conditions(
      Pod pod, PodView view, String phase, List<PodCondition> before, Instant now) {
    Verdict containers = containersReady(view, phase);
    List<PodCondition> all = new ArrayList<>();
    Verdict sandbox = new Verdict(view.podIp().isEmpty() ? "False" : "True", null, null);
    all.add(condition(pod, READY_TO_START, sandbox, before, now));
    all.add(condition(pod, INITIALIZED, initialized(view, phase), before, now));
    all.add(condition(pod, READY, ready(pod, containers, before), before, now));
    all.add(condition(pod, CONTAINERS_READY, containers, before, now));
    all.add(condition(pod, SCHEDULED, Verdict.TRUE, before, now));
    PodView.Verdict pending = view.resize().pending();
    if (pending != null) {
      Verdict why = new Verdict("True", pending.reason(), pending.message());
      all.add(condition(pod, RESIZE_PENDING, why, before, now));
    }
    if (view.resize().progress() == PodView.Progress.UNDERWAY) {
      all.add(condition(pod, RESIZE_IN_PROGRESS, Verdict.TRUE, before, now));
    }
    before.stream().filter(other -> !OWNED.contains(other.getType())).forEach(all::add);
    return all;
  }

  private static PodCondition condition(
      Pod pod, String type, Verdict verdict, List<PodCondition> before, Instant now) {
    String since =
        find(before, type)
            .filter(old -> old.getStatus().equals(verdict.status()))
            .map(PodCondition::getLastTransitionTime)
            .orElseGet(() -> KubernetesTime.seconds(now));
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(verdict.status())
        .withReason(verdict.reason())
        .withMessage(verdict.message())
        .withLastTransitionTime(since)
        .withObservedGeneration(pod.getMetadata().getGeneration())
        .build();
  }

  private static Verdict initialized(PodView view, String phase) {
    if (view.inits().isEmpty() && view.startedAt() != null) {
      return Verdict.TRUE;
    }
    List<String> incomplete =
        view.inits().stream().filter(init -> !isComplete(init)).map(ContainerView::name).toList();
    if (incomplete.isEmpty() || phase.equals(PodPhaseRules.SUCCEEDED)) {
      return phase.equals(PodPhaseRules.SUCCEEDED)
          ? new Verdict("True", "PodCompleted", null)
          : Verdict.TRUE;
    }
    return Verdict.no(
        "ContainersNotInitialized", "containers with incomplete status: " + list(incomplete));
  }

  private static boolean isComplete(ContainerView init) {
    if (init.role() == ContainerView.Role.SIDECAR) {
      return init.hasStarted() || init.state() instanceof ContainerView.State.Terminated;
    }
    return init.state() instanceof ContainerView.State.Terminated ended && ended.exitCode() == 0;
  }

  private static Verdict containersReady(PodView view, String phase) {
    if (phase.equals(PodPhaseRules.SUCCEEDED)) {
      return Verdict.no("PodCompleted", null);
    }
    if (phase.equals(PodPhaseRules.FAILED)) {
      return Verdict.no("PodFailed", null);
    }
    List<String> unready =
        view.containers().stream()
            .filter(
                container ->
                    switch (container.role()) {
                      case INIT, EPHEMERAL -> false;
                      case APP, SIDECAR -> true;
                    })
            .filter(container -> !container.isReady())
            .map(ContainerView::name)
            .toList();
    return unready.isEmpty()
        ? Verdict.TRUE
        : Verdict.no("ContainersNotReady", "containers with unready status: " + list(unready));
  }

  private static Verdict ready(Pod pod, Verdict containers, List<PodCondition> before) {
    if (!containers.status().equals("True")) {
      return containers;
    }
    List<String> missing = new ArrayList<>();
    for (PodReadinessGate gate : pod.getSpec().getReadinessGates()) {
      String type = gate.getConditionType();
      Optional<PodCondition> condition = find(before, type);
      if (condition.isEmpty()) {
        missing.add(
            "corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
      } else if (!condition.get().getStatus().equals("True")) {
        missing.add(
            "the status of pod readiness gate \""
                + type
                + "\" is not \"True\", but "
                + condition.get().getStatus());
      }
    }
    return missing.isEmpty()
        ? Verdict.TRUE
        : Verdict.no("ReadinessGatesNotReady", String.join(", ", missing));
  }

  static Optional<PodCondition> find(List<PodCondition> conditions, String type) {
    return conditions.stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  private static String list(List<String> names) {
    return names.stream().collect(Collectors.joining(" ", "[", "]"));
  }
}
