package dev.drydock.controllers.servicecidr;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// What is to be done about a ServiceCIDR. Pure.
final class ServiceCidrPlan {
  static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";

  /// How long an api-server may take to hear that a range is about to go.
  static final Duration GRACE = Duration.ofSeconds(10);

  private ServiceCidrPlan() {}

  /// Whether it is to be deleted.
  enum Life {
    STAYS,
    ENDING
  }

  /// What to do.
  sealed interface Action {

    /// Hold it by the finalizer.
    record Hold() implements Action {}

    /// Say how it is.
    record Tell(Readiness readiness) implements Action {}

    /// Look again after that time.
    record Wait(Duration time) implements Action {}

    /// Take the finalizer away.
    record LetGo() implements Action {}
  }

  /// The condition `Ready`.
  ///
  /// @param status `True` or `False`
  record Readiness(String status, String reason, String message) {
    static final Readiness READY = new Readiness("True", "", "Kubernetes Service CIDR is ready");
    static final Readiness NEEDED =
        new Readiness(
            "False",
            "Terminating",
            "There are still IPAddresses referencing the ServiceCIDR, please remove them or create"
                + " a new ServiceCIDR");
  }

  /// @param range the one in question
  /// @param ending for how long it has been about to go; zero when it stays
  /// @param others all ranges but this one
  /// @param addresses that are given to Services
  static List<Action> plan(
      ServiceRange range,
      Life life,
      Duration ending,
      Collection<ServiceRange> others,
      Collection<String> addresses) {
    if (life == Life.STAYS) {
      return List.of(new Action.Hold(), new Action.Tell(Readiness.READY));
    }
    if (isNeeded(range, others, addresses)) {
      return List.of(new Action.Tell(Readiness.NEEDED));
    }
    Duration left = GRACE.minus(ending);
    return left.isPositive() ? List.of(new Action.Wait(left)) : List.of(new Action.LetGo());
  }

  /// Whether an address would be in no range any more.
  private static boolean isNeeded(
      ServiceRange range, Collection<ServiceRange> others, Collection<String> addresses) {
    boolean covered =
        range.blocks().stream()
            .allMatch(block -> others.stream().anyMatch(other -> other.contains(block)));
    return !covered
        && addresses.stream()
            .filter(range::gives)
            .anyMatch(address -> others.stream().noneMatch(other -> other.gives(address)));
  }
}
