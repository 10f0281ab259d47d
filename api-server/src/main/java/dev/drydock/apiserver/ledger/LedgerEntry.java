package dev.drydock.apiserver.ledger;

import dev.drydock.api.meta.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One interaction: a request to the api-server, or an effect that a component reported.
///
/// @param time when it arrived, or began
/// @param causes the revisions that made the actor do it
public record LedgerEntry(
    Instant time,
    Actor actor,
    Deed deed,
    Change change,
    List<Revision> causes,
    Ending ending,
    String note) {

  public LedgerEntry {
    causes = List.copyOf(causes);
  }

  /// Who.
  ///
  /// @param component what it says it is: `kubectl`, `kubelet/node-1`
  public record Actor(String user, String component) {}

  /// What was asked for.
  public record Deed(
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name,
      String uid) {}

  /// What it did to the store; NONE where there is none.
  public record Change(Revision before, Revision after) {
    public static final Change NONE = new Change(Revision.NONE, Revision.NONE);
  }

  /// How it ended.
  ///
  /// @param code HTTP status code
  /// @param reason of the `Status`, empty on success
  public record Ending(int code, String reason, Duration duration) {}

  /// Roughly what it occupies.
  int weight() {
    return 240
        + actor.user().length()
        + actor.component().length()
        + deed.name().length()
        + deed.uid().length()
        + note.length()
        + 16 * causes.size();
  }
}
