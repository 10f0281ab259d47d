package dev.drydock.apiserver.webhook;

import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.request.Notices;
import dev.drydock.apiserver.webhook.AdmissionWebhooks.Asked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Mutating webhooks asked about one write: in turn, and once more those that want to know what
/// others changed after them.
public final class Mutation {
  private final AdmissionWebhooks webhooks;
  private final List<Hook> hooks;
  private final Notices notices;
  private final List<Hook> asked = new ArrayList<>();
  private final List<Hook> again = new ArrayList<>();
  private boolean changed;

  private Mutation(AdmissionWebhooks webhooks, List<Hook> hooks, Notices notices) {
    this.webhooks = webhooks;
    this.hooks = hooks;
    this.notices = notices;
  }

  /// @param configurations as the cache has them
  /// @param notices takes what the webhooks warn of
  public static Mutation begin(
      AdmissionWebhooks webhooks, List<ObjectNode> configurations, Notices notices) {
    return new Mutation(webhooks, webhooks.hooks(configurations), notices);
  }

  /// Whether an object was changed.
  public boolean hasChanged() {
    return changed;
  }

  /// Asks each webhook, and changes the object in place.
  ///
  /// @throws dev.drydock.api.status.ApiException when one refuses
  public void first(Attempt attempt) {
    for (Hook hook : hooks) {
      if (apply(hook, attempt)) {
        again.addAll(asked);
      }
      if (hook.conduct().again() == Hook.Again.IF_NEEDED) {
        asked.add(hook);
      }
    }
  }

  /// Asks those again after which the object changed.
  ///
  /// @param elsewhere whether somebody else changed it, too
  public void again(Attempt attempt, Elsewhere elsewhere) {
    List<Hook> round = elsewhere == Elsewhere.CHANGED ? asked : again;
    for (Hook hook : hooks) {
      if (round.contains(hook)) {
        apply(hook, attempt);
      }
    }
  }

  /// What others did to the object since.
  public enum Elsewhere {
    SAME,
    CHANGED
  }

  private boolean apply(Hook hook, Attempt attempt) {
    @Nullable Asked answer = webhooks.ask(hook, attempt, notices);
    ObjectNode object = attempt.object();
    ObjectNode seen = answer == null ? null : answer.seen().object();
    if (answer == null || answer.patch().isEmpty() || object == null || seen == null) {
      return false;
    }
    ObjectNode patched;
    try {
      patched = AdmissionReview.patched(seen, answer.patch());
    } catch (WebhookException e) {
      if (hook.conduct().failure() == Hook.Failure.IGNORE) {
        return false;
      }
      throw AdmissionWebhooks.failed(hook, e);
    }
    if (patched.equals(seen)) {
      return false;
    }
    ObjectNode taken = webhooks.taken(patched, answer);
    object.removeAll();
    object.setAll(taken);
    changed = true;
    return true;
  }
}
