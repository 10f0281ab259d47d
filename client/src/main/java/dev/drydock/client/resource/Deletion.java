package dev.drydock.client.resource;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How to delete.
///
/// @param gracePeriod null: the object's own
/// @param propagation null: the kind's default
/// @param uid null: any; else the object must still be that one
/// @param revision null: any; else the object must still be in that state
public record Deletion(
    @Nullable Duration gracePeriod,
    @Nullable Propagation propagation,
    @Nullable Uid uid,
    @Nullable Revision revision) {

  /// What happens to the objects that the deleted one owns.
  public enum Propagation {
    BACKGROUND("Background"),
    FOREGROUND("Foreground"),
    ORPHAN("Orphan");

    private final String text;

    Propagation(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public static final Deletion DEFAULT = new Deletion(null, null, null, null);

  /// Removes the object at once, without waiting for a graceful end.
  public static final Deletion IMMEDIATE = DEFAULT.withGracePeriod(Duration.ZERO);

  public Deletion withGracePeriod(Duration period) {
    return new Deletion(period, propagation, uid, revision);
  }

  public Deletion withPropagation(Propagation wanted) {
    return new Deletion(gracePeriod, wanted, uid, revision);
  }

  public Deletion onlyIf(Uid expected) {
    return new Deletion(gracePeriod, propagation, expected, revision);
  }

  public Deletion onlyIf(Revision expected) {
    return new Deletion(gracePeriod, propagation, uid, expected);
  }

  public Optional<String> propagationText() {
    return Optional.ofNullable(propagation).map(Propagation::text);
  }
}
