package dev.drydock.apiserver.admission;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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

  /// What mutation did to the object.
  public enum Mutated {
    /// At most what the built-in rules do.
    USUAL,
    /// Somebody else's rules changed it: it needs defaults and a check of its fields again.
    REWRITTEN
  }

  /// Lets all rules change the object. When others than the built-in rules changed it, all rules
  /// have a second look at it.
  public Mutated mutate(AdmissionRequest request) {
    @Nullable Map<AdmissionRule, Rewriting> rewritings = null;
    boolean rewritten = false;
    for (AdmissionRule rule : rules) {
      if (rule instanceof RewritingRule outside) {
        Rewriting rewriting = outside.rewrite(request);
        if (rewriting.equals(Rewriting.NONE)) {
          continue;
        }
        rewritings = rewritings == null ? new IdentityHashMap<>() : rewritings;
        rewritings.put(rule, rewriting);
        rewritten |= rewriting.hasChanged();
      } else {
        rule.mutate(request);
      }
    }
    if (!rewritten || rewritings == null) {
      return Mutated.USUAL;
    }
    for (AdmissionRule rule : rules) {
      Rewriting rewriting = rewritings.get(rule);
      if (rewriting != null) {
        rewriting.again();
      } else if (!(rule instanceof RewritingRule)) {
        rule.mutate(request);
      }
    }
    return Mutated.REWRITTEN;
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
