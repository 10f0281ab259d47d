package dev.drydock.client.ledger;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tells the ledger what a component did outside the API: rules programmed, container started.
/// Returns at once; effects may get lost, failing is not allowed.
@FunctionalInterface
public interface Effects {
  /// Keeps nothing.
  Effects SILENT = _ -> {};

  void report(Effect effect);

  /// One thing done.
  ///
  /// @param component who did it: `kubelet/node-1`
  /// @param verb the component's own word: `rules`, `start`, `stop`
  /// @param about the type of the object it was done for
  /// @param causes the revisions that led to it
  /// @param began when
  /// @param note a short phrase for people: `nginx in pod default/web-1`
  record Effect(
      String component,
      String verb,
      ResourceType about,
      ObjectKey key,
      List<Revision> causes,
      Instant began,
      Duration took,
      String note) {
    public Effect {
      causes = List.copyOf(causes);
    }
  }
}
