package dev.drydock.controllers.deployment;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// How many pods a Deployment may have, and must have available, while it rolls.
///
/// @param replicas wanted
/// @param maxSurge above `replicas`; percentages are rounded up
/// @param maxUnavailable below `replicas`; percentages are rounded down, but not both to zero
record Bounds(int replicas, int maxSurge, int maxUnavailable) {
  private static final IntOrString QUARTER = new IntOrString("25%");

  static Bounds of(Deployment deployment) {
    Integer given = deployment.getSpec().getReplicas();
    int replicas = given == null ? 1 : given;
    if (isRecreate(deployment)) {
      return new Bounds(replicas, 0, 0);
    }
    var strategy = deployment.getSpec().getStrategy();
    RollingUpdateDeployment rolling = strategy == null ? null : strategy.getRollingUpdate();
    int surge =
        resolve(rolling == null ? null : rolling.getMaxSurge(), replicas, RoundingMode.CEILING);
    int unavailable =
        resolve(rolling == null ? null : rolling.getMaxUnavailable(), replicas, RoundingMode.FLOOR);
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    return new Bounds(replicas, surge, Math.min(unavailable, replicas));
  }

  static boolean isRecreate(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    return strategy != null && "Recreate".equals(strategy.getType());
  }

  /// Most pods there may be at once.
  int most() {
    return replicas + maxSurge;
  }

  /// Fewest pods that must be available.
  int fewestAvailable() {
    return replicas - maxUnavailable;
  }

  /// A number, or a percentage of `whole`. Absent is 25 %, Kubernetes' default.
  static int resolve(@Nullable IntOrString value, int whole, RoundingMode rounding) {
    IntOrString given = value == null ? QUARTER : value;
    if (given.getIntVal() != null) {
      return given.getIntVal();
    }
    String text = given.getStrVal();
    int percent =
        Integer.parseInt(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
    long hundredths = (long) percent * whole;
    return (int)
        (rounding == RoundingMode.CEILING ? Math.ceilDiv(hundredths, 100) : hundredths / 100);
  }
}
