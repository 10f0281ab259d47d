package dev.drydock.apiserver.filter;

import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.ledger.LedgerEntry;
import dev.drydock.apiserver.ledger.LedgerEntry.Actor;
import dev.drydock.apiserver.ledger.LedgerEntry.Change;
import dev.drydock.apiserver.ledger.LedgerEntry.Deed;
import dev.drydock.apiserver.ledger.LedgerEntry.Ending;
import dev.drydock.apiserver.request.Target;
import java.time.Duration;
import java.time.InstantSource;

/// Enters every write, and every read that failed, into the ledger.
public final class LedgerFilter implements Filter {
  private final Ledger ledger;
  private final InstantSource clock;

  public LedgerFilter(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public void after(Call call, Outcome outcome) {
    if (!(call.subject() instanceof Subject.Resource resource)
        || (!resource.isOfNote() && outcome.code() < 400)) {
      return;
    }
    Duration took = Duration.between(call.arrival().received(), clock.instant());
    var ending = new Ending(outcome.code(), outcome.reason(), took);
    if (outcome.effects().isEmpty()) {
      Target target = resource.target();
      append(
          call,
          deed(resource, target.namespace(), target.name(), ""),
          Change.NONE,
          ending,
          outcome.message());
    }
    for (Outcome.Effect effect : outcome.effects()) {
      append(
          call,
          deed(resource, effect.namespace(), effect.name(), effect.uid()),
          new Change(effect.before(), effect.after()),
          ending,
          effect.note());
    }
  }

  private static Deed deed(Subject.Resource resource, String namespace, String name, String uid) {
    Target target = resource.target();
    return new Deed(
        resource.verb().text(),
        target.type().group(),
        target.type().resource(),
        target.subresource(),
        namespace,
        name,
        uid);
  }

  private void append(Call call, Deed deed, Change change, Ending ending, String note) {
    var actor = new Actor(call.user().name(), call.arrival().client().component());
    ledger.append(
        new LedgerEntry(
            call.arrival().received(), actor, deed, change, call.arrival().causes(), ending, note));
  }
}
