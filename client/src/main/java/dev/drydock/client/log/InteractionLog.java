package dev.drydock.client.log;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import java.time.Duration;
import java.util.List;

/// What a component does, one line a step, for a person to follow. Returns at once, never fails.
@FunctionalInterface
public interface InteractionLog {
  /// Keeps nothing.
  InteractionLog SILENT = _ -> {};

  void step(Step step);

  /// One step.
  ///
  /// @param what short: `reconcile`, `bind`, `start container`, `sync rules`
  /// @param kind of the object, as in `kubectl get`: `pod`, `deployment`; empty when there is none
  /// @param key of the object
  /// @param revision of the object that was read or written; NONE where there is none
  /// @param causes what led to it
  /// @param took zero when it has no length
  /// @param note outcome in a few words; may be empty
  record Step(
      String what,
      String kind,
      ObjectKey key,
      Revision revision,
      List<Revision> causes,
      Duration took,
      String note) {
    public Step {
      causes = List.copyOf(causes);
    }
  }
}
