package dev.drydock.apiserver.webhook;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.matching.CelVariables;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.matching.Matcher;
import dev.drydock.apiserver.matching.ReviewRequest;
import dev.drydock.apiserver.request.Notices;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import dev.drydock.apiserver.webhook.AdmissionReview.Answer;
import dev.drydock.apiserver.webhook.AdmissionReview.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The webhooks of all configurations of one kind, and how they are asked.
///
/// The hooks are compiled anew only when a configuration is not the one it was.
public final class AdmissionWebhooks {
  private final Means means;
  private final CelEnvironment cel;
  private volatile Compiled compiled = new Compiled(List.of(), List.of());

  /// What asking needs.
  public record Means(
      WebhookClient client,
      Matcher.Surroundings surroundings,
      Authorizer authorizer,
      Supplier<UUID> uids) {}

  private record Compiled(List<ObjectNode> from, List<Hook> hooks) {}

  public AdmissionWebhooks(Means means, CelEnvironment cel) {
    this.means = means;
    this.cel = cel;
  }

  /// The hooks of these configurations, in the order in which they are asked.
  ///
  /// @param configurations as the cache has them; trees that never change
  List<Hook> hooks(List<ObjectNode> configurations) {
    if (configurations.isEmpty()) {
      return List.of();
    }
    Compiled known = compiled;
    if (!same(known.from(), configurations)) {
      known = new Compiled(List.copyOf(configurations), compile(configurations));
      compiled = known;
    }
    return known.hooks();
  }

  @SuppressWarnings("ReferenceEquality") // A changed object is another tree.
  private static boolean same(List<ObjectNode> known, List<ObjectNode> now) {
    boolean same = known.size() == now.size();
    for (int i = 0; same && i < now.size(); i++) {
      same = known.get(i) == now.get(i);
    }
    return same;
  }

  private List<Hook> compile(List<ObjectNode> configurations) {
    var scope = new Scope();
    List<ObjectNode> sorted = new ArrayList<>(configurations);
    sorted.sort(Comparator.comparing(AdmissionWebhooks::nameOf));
    List<Hook> hooks = new ArrayList<>();
    for (ObjectNode configuration : sorted) {
      for (JsonNode webhook : configuration.path("webhooks")) {
        hooks.add(Hook.of(nameOf(configuration), webhook, scope));
      }
    }
    return hooks;
  }

  private static String nameOf(ObjectNode configuration) {
    return configuration.path("metadata").path("name").stringValue("");
  }

  /// One scope for all conditions, made for the first.
  private final class Scope implements Supplier<CelScope> {
    private @Nullable CelScope scope;

    @Override
    public CelScope get() {
      if (scope == null) {
        scope = cel.scope(CelVariables.ofConditions());
      }
      return scope;
    }
  }

  /// What the hook is to see; null when it is not to be asked.
  private @Nullable Asked wanted(Hook hook, Attempt attempt) {
    ResourceType shown = hook.matcher().match(attempt, means.surroundings());
    if (shown == null) {
      return null;
    }
    Attempt seen = means.surroundings().shown(attempt, shown);
    var asked = new Asked(seen, shown, "");
    Conditions conditions = hook.conditions();
    if (conditions != null && conditions.isEmpty()) {
      return asked;
    }
    Conditions.Outcome outcome =
        conditions == null
            ? new Conditions.Outcome.Failed("match conditions do not compile")
            : conditions.evaluate(bindings(seen, shown));
    return switch (outcome) {
      case Conditions.Outcome.Holds _ -> asked;
      case Conditions.Outcome.Fails _ -> null;
      case Conditions.Outcome.Failed error -> {
        if (hook.conduct().failure() == Hook.Failure.IGNORE) {
          yield null;
        }
        throw ApiException.forbidden(attempt.target().type(), attempt.name(), error.message());
      }
    };
  }

  private Map<String, Object> bindings(Attempt attempt, ResourceType shown) {
    Map<String, Object> bindings =
        new HashMap<>(CelVariables.authorizer(attempt, means.authorizer()));
    bindings.put("object", attempt.objectNode());
    bindings.put("oldObject", attempt.beforeNode());
    bindings.put("request", ReviewRequest.of(attempt, shown));
    return bindings;
  }

  /// Asks one hook.
  ///
  /// @return null: it was not asked, or failed and that is to be ignored
  /// @throws ApiException when it refuses, or fails and that counts
  @Nullable Asked ask(Hook hook, Attempt attempt, Notices notices) {
    Asked asked = wanted(hook, attempt);
    return asked == null ? null : send(hook, asked, notices);
  }

  private @Nullable Asked send(Hook hook, Asked asked, Notices notices) {
    Attempt attempt = asked.seen();
    if (attempt.persistence() == Persistence.DRY_RUN
        && hook.conduct().dryRun() == Hook.DryRun.UNSAFE) {
      throw ApiException.badRequest(
          "admission webhook \"" + hook.name() + "\" does not support dry run");
    }
    Answer answer;
    try {
      String uid = means.uids().get().toString();
      ObjectNode question = AdmissionReview.question(uid, attempt, asked.shown());
      answer =
          AdmissionReview.answer(
              uid, means.client().send(hook.client(), question, hook.conduct().timeout()));
    } catch (WebhookException e) {
      if (hook.conduct().failure() == Hook.Failure.IGNORE) {
        return null;
      }
      throw failed(hook, e);
    }
    answer.warnings().forEach(notices);
    for (Map.Entry<String, JsonNode> annotation : answer.annotations().properties()) {
      notices.annotate(
          hook.name() + "/" + annotation.getKey(), annotation.getValue().stringValue(""));
    }
    if (answer.verdict() == Verdict.DENIED) {
      throw AdmissionReview.denied(hook.name(), answer.status());
    }
    return asked.with(answer.patch());
  }

  /// What a hook made of the object that it saw, in the version of the write.
  ObjectNode taken(ObjectNode patched, Asked asked) {
    ResourceType spoken = asked.seen().target().type();
    return means.surroundings().taken(patched, asked.shown(), spoken);
  }

  /// A hook was asked.
  ///
  /// @param seen the write as it was shown
  /// @param shown the type of the shown object
  /// @param patch empty: nothing is to change
  record Asked(Attempt seen, ResourceType shown, String patch) {
    Asked with(String wanted) {
      return new Asked(seen, shown, wanted);
    }
  }

  static ApiException failed(Hook hook, WebhookException e) {
    return ApiException.internalError(
        "failed calling webhook \"" + hook.name() + "\": " + e.text());
  }
}
