package dev.drydock.scheduler.framework;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which taints a pod puts up with.
public final class Tolerations {
  private Tolerations() {}

  /// Whether the pod tolerates all taints of the node that keep pods away.
  public static boolean toleratesAll(Pod pod, List<Taint> taints) {
    for (Taint taint : taints) {
      if (keepsAway(taint) && !tolerates(pod.getSpec().getTolerations(), taint)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the taint has the effect `NoSchedule` or `NoExecute`.
  public static boolean keepsAway(Taint taint) {
    return "NoSchedule".equals(taint.getEffect()) || "NoExecute".equals(taint.getEffect());
  }

  public static boolean tolerates(@Nullable List<Toleration> tolerations, Taint taint) {
    if (tolerations != null) {
      for (Toleration toleration : tolerations) {
        if (tolerates(toleration, taint)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean tolerates(Toleration toleration, Taint taint) {
    return (isEmpty(toleration.getEffect()) || toleration.getEffect().equals(taint.getEffect()))
        && (isEmpty(toleration.getKey()) || toleration.getKey().equals(taint.getKey()))
        && ("Exists".equals(toleration.getOperator())
            || text(toleration.getValue()).equals(text(taint.getValue())));
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
