package dev.drydock.apiserver.admission.podsecurity;

import java.util.Optional;

/// One control of the standards. Pure.
@FunctionalInterface
interface Check {

  /// @param under the standard that is asked about; its version matters to some
  Optional<Violation> violation(PodView pod, Standard under);
}
