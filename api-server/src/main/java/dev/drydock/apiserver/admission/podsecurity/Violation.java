package dev.drydock.apiserver.admission.podsecurity;

/// One thing that a pod does and may not.
///
/// @param reason in few words: `privileged`
/// @param detail who does it: `container "c" must not set securityContext.privileged=true`
public record Violation(String reason, String detail) {

  @Override
  public String toString() {
    return detail.isEmpty() ? reason : reason + " (" + detail + ")";
  }
}
