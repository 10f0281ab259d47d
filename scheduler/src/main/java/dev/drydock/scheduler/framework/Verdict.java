package dev.drydock.scheduler.framework;

import java.util.List;

/// Whether a pod may run on a node.
public sealed interface Verdict {
  Verdict FITS = new Fits();

  /// It may.
  record Fits() implements Verdict {}

  /// It may not.
  ///
  /// @param reasons in Kubernetes' words, at least one: `Insufficient cpu`
  record Rejected(List<String> reasons, Cure cure) implements Verdict {
    public Rejected {
      reasons = List.copyOf(reasons);
    }
  }

  /// Whether removing pods from the node could change the verdict.
  enum Cure {
    PREEMPTION,
    NONE
  }

  /// A rejection that removing pods could lift.
  static Verdict rejected(String reason) {
    return new Rejected(List.of(reason), Cure.PREEMPTION);
  }

  /// A rejection that removing pods can't lift.
  static Verdict hopeless(String reason) {
    return new Rejected(List.of(reason), Cure.NONE);
  }
}
