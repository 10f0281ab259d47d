package dev.drydock.lab.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One entry of the ledger: a write, a failed request, or an effect that a component told of.
///
/// @param sequence order in the ledger
/// @param actor the component, or the user where no component is known
/// @param about what it was done to
/// @param revision of the write; 0 for an effect or a failure
/// @param causes revisions that made the actor do it
/// @param code HTTP status code
/// @param reason of the failure, or empty
/// @param note a phrase for people, or empty
public record Step(
    long sequence,
    Instant time,
    Duration duration,
    String actor,
    String verb,
    About about,
    long revision,
    List<Long> causes,
    int code,
    String reason,
    String note) {

  /// An object, as the ledger names it.
  public record About(
      String resource, String subresource, String namespace, String name, String uid) {

    /// `pods/web-1 (binding)`.
    public String text() {
      return resource
          + (name.isEmpty() ? "" : "/" + name)
          + (subresource.isEmpty() ? "" : " (" + subresource + ")");
    }
  }

  public Step {
    causes = List.copyOf(causes);
  }

  public boolean failed() {
    return code >= 400;
  }

  public Instant end() {
    return time.plus(duration);
  }
}
