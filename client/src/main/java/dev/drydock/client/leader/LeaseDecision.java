package dev.drydock.client.leader;

import dev.drydock.api.time.KubernetesTime;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// Who may hold a lease. Pure.
///
/// Time stamps of others are not trusted, since clocks differ: a lease has run out when it has
/// not changed for its duration *since we last saw it change*.
final class LeaseDecision {
  private LeaseDecision() {}

  /// What to do about the lease.
  sealed interface Move {
    /// Write this, guarded by the revision of what was read: we hold it now.
    record Take(Lease lease) implements Move {}

    /// Write this, guarded likewise: we still hold it.
    record Renew(Lease lease) implements Move {}

    /// Somebody else holds it.
    record Wait(String holder) implements Move {}
  }

  /// @param lease as read
  /// @param unchangedSince when we first saw it in this state
  /// @param duration for how long a holder who does not renew is believed, by the wall clock
  static Move decide(
      Lease lease, String me, Instant unchangedSince, Duration duration, Instant now) {
    LeaseSpec spec = lease.getSpec();
    String holder =
        spec == null || spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity();
    if (holder.equals(me)) {
      return new Move.Renew(
          new LeaseBuilder(lease).editSpec().withRenewTime(time(now)).endSpec().build());
    }
    if (!holder.isEmpty() && now.isBefore(unchangedSince.plus(duration))) {
      return new Move.Wait(holder);
    }
    int transitions =
        spec == null || spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions();
    return new Move.Take(
        new LeaseBuilder(lease)
            .withNewSpecLike(held(me, duration, transitions + 1, now))
            .endSpec()
            .build());
  }

  static LeaseSpec held(String me, Duration duration, int transitions, Instant now) {
    var spec = new LeaseSpec();
    spec.setHolderIdentity(me);
    spec.setLeaseDurationSeconds(seconds(duration));
    spec.setAcquireTime(time(now));
    spec.setRenewTime(time(now));
    spec.setLeaseTransitions(transitions);
    return spec;
  }

  /// The lease given back, so that the next one need not wait.
  static Lease released(Lease lease, Instant now) {
    return new LeaseBuilder(lease)
        .editSpec()
        .withHolderIdentity("")
        .withLeaseDurationSeconds(1)
        .withRenewTime(time(now))
        .withAcquireTime(time(now))
        .endSpec()
        .build();
  }

  private static int seconds(Duration duration) {
    return (int) Math.max(1, duration.toSeconds());
  }

  private static ZonedDateTime time(Instant instant) {
    return KubernetesTime.parse(KubernetesTime.micros(instant)).atZone(ZoneOffset.UTC);
  }
}
