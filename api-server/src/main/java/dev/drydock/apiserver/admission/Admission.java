package dev.drydock.apiserver.admission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules, in the order in which they apply.
public final class Admission {
  private final List<AdmissionRule> rules;

  public Admission(List<AdmissionRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// The chosen plugins, and what cannot be switched off.
  public static Admission standard(AdmissionMeans means, AdmissionChoice choice) {
    var rules = new ArrayList<AdmissionRule>();
    rules.add(new CertificateRequester());
    rules.add(new RoleEscalation(means.escalation()));
    rules.addAll(AdmissionPlugins.chosen(means, choice));
    return new Admission(rules);
  }

  public void mutate(AdmissionRequest request) {
    for (AdmissionRule rule : rules) {
      rule.mutate(request);
    }
  }

  public void validate(AdmissionRequest request) {
    for (AdmissionRule rule : rules) {
      rule.validate(request);
    }
  }

  /// All that the rules take for a write, or nothing when one refuses.
  public Reservation reserve(AdmissionRequest request) {
    @Nullable List<Reservation> taken = null;
    for (AdmissionRule rule : rules) {
      Reservation reservation;
      try {
        reservation = rule.reserve(request);
      } catch (RuntimeException refused) {
        undo(taken);
        throw refused;
      }
      if (!reservation.equals(Reservation.NOTHING)) {
        taken = taken == null ? new ArrayList<>() : taken;
        taken.add(reservation);
      }
    }
    @Nullable List<Reservation> all = taken;
    return all == null ? Reservation.NOTHING : () -> undo(all);
  }

  private static void undo(@Nullable List<Reservation> taken) {
    if (taken != null) {
      taken.reversed().forEach(Reservation::undo);
    }
  }
}
