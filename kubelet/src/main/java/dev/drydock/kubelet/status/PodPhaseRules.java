package dev.drydock.kubelet.status;

import io.fabric8.kubernetes.api.model.ContainerRestartRule;
import io.fabric8.kubernetes.api.model.ContainerRestartRuleOnExitCodes;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/// The phase of a pod.
public final class PodPhaseRules {
  public static final String PENDING = "Pending";
  public static final String RUNNING = "Running";
  public static final String SUCCEEDED = "Succeeded";
  public static final String FAILED = "Failed";

  private PodPhaseRules() {}

  public static boolean isTerminal(String phase) {
    return SUCCEEDED.equals(phase) || FAILED.equals(phase);
  }

  /// The policy that holds for one container.
  public static String restartPolicy(Pod pod, ContainerView container) {
    if (container.role() == ContainerView.Role.SIDECAR) {
      return "Always";
    }
    if (container.role() == ContainerView.Role.EPHEMERAL) {
      return "Never";
    }
    String own = container.spec().getRestartPolicy();
    String policy = own == null ? pod.getSpec().getRestartPolicy() : own;
    return policy == null ? "Always" : policy;
  }

  static String phase(Pod pod, PodView view) {
    if (view.verdict() != null) {
      return FAILED;
    }
    String init = initPhase(pod, view);
    return init.isEmpty() ? appPhase(pod, view) : init;
  }

  /// @return empty when the init containers no longer matter
  private static String initPhase(Pod pod, PodView view) {
    for (ContainerView init : view.inits()) {
      if (init.role() == ContainerView.Role.SIDECAR) {
        if (!init.hasStarted() && init.last() == null && !isOver(init)) {
          return view.life() == PodView.Life.ENDED ? FAILED : PENDING;
        }
        continue;
      }
      if (init.state() instanceof ContainerView.State.Terminated ended) {
        if (ended.exitCode() == 0) {
          continue;
        }
        return !mayRestart(pod, init, ended) || view.life() == PodView.Life.ENDED
            ? FAILED
            : PENDING;
      }
      return view.life() == PodView.Life.ENDED ? FAILED : PENDING;
    }
    return "";
  }

  private static String appPhase(Pod pod, PodView view) {
    int running = 0;
    int waiting = 0;
    int succeeded = 0;
    int restartable = 0;
    for (ContainerView app : view.apps()) {
      switch (app.state()) {
        case ContainerView.State.Running _ -> running++;
        case ContainerView.State.Waiting _ -> {
          if (app.last() == null) {
            waiting++;
          } else {
            restartable++;
          }
        }
        case ContainerView.State.Terminated ended -> {
          succeeded += ended.exitCode() == 0 ? 1 : 0;
          restartable += mayRestart(pod, app, ended) ? 1 : 0;
        }
      }
    }
    if (view.life() == PodView.Life.ENDED && running == 0) {
      return succeeded == view.apps().size() ? SUCCEEDED : FAILED;
    }
    if (waiting > 0) {
      return PENDING;
    }
    if (running > 0 || restartable > 0) {
      return RUNNING;
    }
    return succeeded == view.apps().size() ? SUCCEEDED : FAILED;
  }

  /// Whether a container that ended like this is started again: the first of its own rules that
  /// fits says so, or else the policy that holds for it.
  public static boolean mayRestart(
      Pod pod, ContainerView container, ContainerView.State.Terminated ended) {
    for (ContainerRestartRule rule : container.spec().getRestartPolicyRules()) {
      if ("Restart".equals(rule.getAction()) && fits(rule.getExitCodes(), ended.exitCode())) {
        return true;
      }
    }
    return switch (restartPolicy(pod, container)) {
      case "Never" -> false;
      case "OnFailure" -> ended.exitCode() != 0;
      default -> true;
    };
  }

  private static boolean fits(@Nullable ContainerRestartRuleOnExitCodes codes, int exitCode) {
    if (codes == null) {
      return false;
    }
    boolean named = codes.getValues().contains(exitCode);
    return "NotIn".equals(codes.getOperator()) ? !named : named;
  }

  private static boolean isOver(ContainerView container) {
    return container.state() instanceof ContainerView.State.Terminated;
  }
}
