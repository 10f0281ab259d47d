package dev.drydock.apiserver.storage.etcd;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.KnownRevision;
import dev.drydock.client.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// What this process knows about being the only writer: the fence that it holds, until when that is
/// certain, and the highest revision that etcd has ever answered it with. See [SoleWriter] for
/// why this makes [#now] right.
final class Tenure implements KnownRevision {
  private static final Held NOTHING = new Held(0, 0);

  private final Ticker ticker;
  private final AtomicReference<Held> held = new AtomicReference<>(NOTHING);
  private final AtomicLong seen = new AtomicLong();

  /// @param fence the revision that put the fence there; 0: it is not ours
  /// @param until up to this moment nobody else can have taken it
  private record Held(long fence, long until) {}

  Tenure(Ticker ticker) {
    this.ticker = ticker;
  }

  /// Takes note of a revision in an answer of etcd. To be called before anybody hears of the
  /// answer.
  void see(long revision) {
    long known = seen.get();
    while (known < revision && !seen.compareAndSet(known, revision)) {
      known = seen.get();
    }
  }

  void hold(long fence, long until) {
    see(fence);
    held.set(new Held(fence, until));
  }

  void drop() {
    held.set(NOTHING);
  }

  /// Drops the fence that a write found to be no longer ours, unless there is a newer one.
  void drop(long lost) {
    Held now = held.get();
    if (now.fence() == lost) {
      held.compareAndSet(now, NOTHING);
    }
  }

  /// What writes expect the fence to be; etcd checks it.
  long fence() {
    return held.get().fence();
  }

  @Override
  public Revision now() {
    Held now = held.get();
    return now.fence() == 0 || ticker.nanos() - now.until() >= 0
        ? Revision.NONE
        : Revision.of(seen.get());
  }
}
