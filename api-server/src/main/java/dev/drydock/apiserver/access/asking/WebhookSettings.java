package dev.drydock.apiserver.access.asking;

import dev.drydock.apiserver.matching.Conditions;
import java.nio.file.Path;
import java.time.Duration;

/// How a server outside is asked about authority.
///
/// @param kubeconfig where it is
/// @param version of the SubjectAccessReview: `v1`, `v1beta1`
/// @param authorized how long a yes is remembered; zero: not at all
/// @param unauthorized how long anything else is
/// @param timeout of one attempt
/// @param policy when it does not answer
/// @param conditions that must hold, else it is not asked
public record WebhookSettings(
    Path kubeconfig,
    String version,
    Duration authorized,
    Duration unauthorized,
    Duration timeout,
    FailurePolicy policy,
    Conditions conditions) {

  /// What no answer means.
  public enum FailurePolicy {
    NO_OPINION,
    DENY
  }
}
