package dev.drydock.controllers.ownership;

import dev.drydock.api.selector.LabelSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Who of the candidates belongs to an owner, and what must be written to make that so.
///
/// @param owned children once the claims are done, orphans to adopt included
public record ClaimPlan<T extends HasMetadata>(List<T> owned, List<Claim<T>> claims) {
  public ClaimPlan {
    owned = List.copyOf(owned);
    claims = List.copyOf(claims);
  }

  /// What the owner does with children.
  public enum Mood {
    /// Keeps, adopts, releases.
    CLAIMING,
    /// It is being deleted itself: keeps what it has and releases, but adopts nothing.
    LEAVING
  }

  /// @param candidates objects of the owner's namespace; others' children are passed over
  public static <T extends HasMetadata> ClaimPlan<T> of(
      Owner owner, Mood mood, LabelSelector selector, Collection<T> candidates) {
    var owned = new ArrayList<T>();
    var claims = new ArrayList<Claim<T>>();
    for (T child : candidates) {
      boolean matches = selector.matches(child.getMetadata().getLabels());
      boolean leaving = child.getMetadata().getDeletionTimestamp() != null;
      if (Owner.controllerOf(child).isEmpty()) {
        if (matches && !leaving && mood == Mood.CLAIMING) {
          owned.add(child);
          claims.add(new Claim.Adopt<>(child));
        }
      } else if (owner.controls(child)) {
        if (matches) {
          owned.add(child);
        } else if (mood == Mood.CLAIMING) {
          claims.add(new Claim.Release<>(child));
        }
      }
    }
    return new ClaimPlan<>(owned, claims);
  }
}
