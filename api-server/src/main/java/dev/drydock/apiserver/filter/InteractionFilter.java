package dev.drydock.apiserver.filter;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import dev.drydock.client.log.InteractionLog;
import java.time.Duration;
import java.time.InstantSource;

/// One line of log for each write, for a person to follow.
public final class InteractionFilter implements Filter {
  private final InteractionLog log;
  private final InstantSource clock;

  public InteractionFilter(InteractionLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void after(Call call, Outcome outcome) {
    if (!(call.subject() instanceof Subject.Resource subject) || !subject.isOfNote()) {
      return;
    }
    Verb verb = subject.verb();
    Target target = subject.target();
    String name = subject.selectedName();
    if (target.type().resource().equals("leases")) {
      return;
    }
    Duration took = Duration.between(call.arrival().received(), clock.instant());
    String kind =
        target.type().resource() + (target.hasSubresource() ? "/" + target.subresource() : "");
    String who = call.arrival().client().component() + " (" + call.user().name() + ")";
    if (outcome.effects().isEmpty()) {
      step(call, kind, ObjectKey.of(target.namespace(), name), took, who + said(outcome));
    }
    for (Outcome.Effect effect : outcome.effects()) {
      log.step(
          new InteractionLog.Step(
              verb.text(),
              kind,
              ObjectKey.of(effect.namespace(), effect.name()),
              effect.after(),
              call.arrival().causes(),
              took,
              effect.note().isEmpty() ? who : who + ": " + effect.note()));
    }
  }

  private void step(Call call, String kind, ObjectKey key, Duration took, String note) {
    log.step(
        new InteractionLog.Step(
            call.subject().verbText(),
            kind,
            key,
            dev.drydock.api.meta.Revision.NONE,
            call.arrival().causes(),
            took,
            note));
  }

  private static String said(Outcome outcome) {
    return outcome.code() < 400
        ? ""
        : ": " + outcome.code() + " " + outcome.reason() + ": " + outcome.message();
  }
}
