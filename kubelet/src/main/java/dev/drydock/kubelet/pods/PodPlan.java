package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.status.ContainerView;
import dev.drydock.kubelet.status.ContainerView.Role;
import dev.drydock.kubelet.status.PodPhaseRules;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The next steps of a pod's life. Pure.
///
/// Order: sandbox, init containers one by one (a sidecar must have started before the next), app
/// containers in order. At the end: app containers together, then sidecars in reverse.
record PodPlan(Pod pod, Aim aim, Sandbox sandbox, List<Step> steps) {

  /// What is wanted of the pod.
  enum Aim {
    RUN,
    STOP,
    /// It has ended, and that is done with.
    NOTHING
  }

  /// Whether the pod has its address and volumes.
  enum Sandbox {
    MISSING,
    /// Could not be made; will be tried again.
    HELD,
    READY
  }

  /// What is going on with a container.
  enum Doing {
    NOTHING,
    /// An init container that has ended well, in a sandbox that is gone: it runs once more.
    DUE,
    /// Waits for a back-off to pass.
    HELD,
    /// Pulls its image, is being created, or runs its postStart hook.
    PREPARING,
    RUNNING,
    STOPPING
  }

  /// A container and what is going on with it.
  record Step(ContainerView view, Doing doing) {

    boolean isAlive() {
      return doing == Doing.RUNNING || doing == Doing.STOPPING || hasProcess();
    }

    private boolean hasProcess() {
      return doing == Doing.PREPARING && view.state() instanceof ContainerView.State.Running;
    }

    /// How its newest run ended; null: it never ran, or runs.
    ContainerView.State.@Nullable Terminated ended() {
      return switch (view.state()) {
        case ContainerView.State.Terminated ended -> ended;
        case ContainerView.State.Waiting _ -> view.last();
        case ContainerView.State.Running _ -> null;
      };
    }
  }

  List<PodAction> decide() {
    return switch (aim) {
      case NOTHING -> List.of();
      case STOP -> stopping();
      case RUN ->
          switch (sandbox) {
            case MISSING -> List.of(new PodAction.MakeSandbox());
            case HELD -> List.of();
            case READY -> running();
          };
    };
  }

  /// When the app containers have ended for good, so has the pod: no sidecar is started again.
  private boolean appsAreOver() {
    List<Step> apps = steps.stream().filter(step -> step.view().role() == Role.APP).toList();
    return !apps.isEmpty() && apps.stream().allMatch(this::isOver);
  }

  private List<PodAction> running() {
    if (appsAreOver()) {
      return stopping();
    }
    List<PodAction> actions = new ArrayList<>(ephemerals());
    for (Step step : steps) {
      if (step.view().role() == Role.APP || step.view().role() == Role.EPHEMERAL) {
        continue;
      }
      boolean sidecar = step.view().role() == Role.SIDECAR;
      if (!sidecar && succeeded(step)) {
        continue;
      }
      if (step.doing() == Doing.NOTHING || step.doing() == Doing.DUE) {
        if (isOver(step)) {
          return stopping();
        }
        actions.add(new PodAction.Start(step.view().name()));
        return actions;
      }
      if (!sidecar || !step.view().hasStarted()) {
        return actions;
      }
    }
    return apps(actions);
  }

  /// They run beside the others, whatever those do.
  private List<PodAction> ephemerals() {
    List<PodAction> actions = new ArrayList<>(0);
    for (Step step : steps) {
      boolean idle = step.view().role() == Role.EPHEMERAL && step.doing() == Doing.NOTHING;
      if (idle && !isOver(step)) {
        actions.add(new PodAction.Start(step.view().name()));
      }
    }
    return actions;
  }

  private List<PodAction> apps(List<PodAction> actions) {
    boolean allOver = true;
    for (Step step : steps) {
      if (step.view().role() != Role.APP) {
        continue;
      }
      if (isOver(step)) {
        continue;
      }
      allOver = false;
      if (step.doing() == Doing.PREPARING) {
        return actions;
      }
      if (step.doing() == Doing.NOTHING) {
        actions.add(new PodAction.Start(step.view().name()));
        return actions;
      }
    }
    return allOver ? stopping() : actions;
  }

  private List<PodAction> stopping() {
    List<PodAction> actions = new ArrayList<>();
    boolean waiting = false;
    for (Step step : steps) {
      if (step.view().role() != Role.SIDECAR && step.isAlive()) {
        waiting = true;
        if (step.doing() != Doing.STOPPING) {
          actions.add(new PodAction.Stop(step.view().name()));
        }
      }
    }
    if (waiting) {
      return actions;
    }
    for (Step step : steps.reversed()) {
      if (step.view().role() == Role.SIDECAR && step.isAlive()) {
        return step.doing() == Doing.STOPPING
            ? List.of()
            : List.of(new PodAction.Stop(step.view().name()));
      }
    }
    return List.of(new PodAction.Finish());
  }

  private static boolean succeeded(Step step) {
    return step.doing() == Doing.NOTHING
        && step.view().state() instanceof ContainerView.State.Terminated ended
        && ended.exitCode() == 0;
  }

  /// Whether it has ended for good.
  private boolean isOver(Step step) {
    if (step.doing() != Doing.NOTHING) {
      return false;
    }
    ContainerView.State.Terminated ended = step.ended();
    return ended != null && !PodPhaseRules.mayRestart(pod, step.view(), ended);
  }
}
