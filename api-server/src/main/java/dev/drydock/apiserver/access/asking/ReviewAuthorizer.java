package dev.drydock.apiserver.access.asking;

import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.asking.ReviewServer.SilentException;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.request.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks a server outside whether somebody may do something, and remembers for a while what it
/// said. The one authorizer that blocks.
public final class ReviewAuthorizer implements Authorizer {
  private static final Logger LOG = Logger.getLogger(ReviewAuthorizer.class.getName());
  private static final int MOST = 8192;

  /// Longer questions are not remembered: whoever asks them could fill the memory.
  private static final int LONGEST = 10_000;

  private final String name;
  private final ReviewServer server;
  private final WebhookSettings settings;
  private final InstantSource clock;
  private final AccessReview review = new AccessReview();
  private final Map<AccessAttributes, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(Verdict verdict, Instant until) {}

  /// @param name in logs
  public ReviewAuthorizer(
      String name, ReviewServer server, WebhookSettings settings, InstantSource clock) {
    this.name = name;
    this.server = server;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Verdict authorize(AccessAttributes attributes) {
    ObjectNode spec = review.spec(attributes);
    if (!settings.conditions().isEmpty()) {
      switch (settings.conditions().evaluate(Map.of("request", spec))) {
        case Conditions.Outcome.Holds _ -> {}
        case Conditions.Outcome.Fails _ -> {
          return new Verdict.NoOpinion("");
        }
        case Conditions.Outcome.Failed(String message) -> {
          return failed(message);
        }
      }
    }
    Answer known = answers.get(attributes);
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.until())) {
      return known.verdict();
    }
    try {
      JsonNode status = server.ask(sent(spec)).path("status");
      Verdict verdict = verdict(status);
      remember(attributes, verdict, now);
      return verdict;
    } catch (SilentException silent) {
      LOG.warning("authorizer " + name + ": failed to make request: " + silent.getMessage());
      return failed(String.valueOf(silent.getMessage()));
    }
  }

  @Override
  public String unlisted(User user) {
    return "webhook authorizer does not support user rule resolution";
  }

  private Verdict failed(String message) {
    return switch (settings.policy()) {
      case DENY -> new Verdict.Deny(message);
      case NO_OPINION -> new Verdict.NoOpinion(message);
    };
  }

  private static Verdict verdict(JsonNode status) {
    boolean allowed = status.path("allowed").asBoolean(false);
    String reason = status.path("reason").asString("");
    if (status.path("denied").asBoolean(false)) {
      return new Verdict.Deny(
          allowed ? "webhook subject access review returned both allow and deny response" : reason);
    }
    return allowed ? new Verdict.Allow(reason) : new Verdict.NoOpinion(reason);
  }

  private ObjectNode sent(ObjectNode spec) {
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    sent.put("kind", "SubjectAccessReview");
    sent.put("apiVersion", "authorization.k8s.io/" + settings.version());
    sent.putObject("metadata").putNull("creationTimestamp");
    if (settings.version().equals("v1beta1")) {
      ObjectNode old = spec.deepCopy();
      if (old.remove("groups") instanceof ArrayNode groups) {
        old.set("group", groups);
      }
      sent.set("spec", old);
    } else {
      sent.set("spec", spec);
    }
    sent.putObject("status").put("allowed", false);
    return sent;
  }

  private void remember(AccessAttributes asked, Verdict verdict, Instant now) {
    Duration lasting = verdict.isAllowed() ? settings.authorized() : settings.unauthorized();
    if (!lasting.isPositive() || length(asked) >= LONGEST) {
      return;
    }
    if (answers.size() >= MOST) {
      answers.values().removeIf(answer -> !now.isBefore(answer.until()));
      if (answers.size() >= MOST) {
        answers.clear();
      }
    }
    answers.put(asked, new Answer(verdict, now.plus(lasting)));
  }

  private static int length(AccessAttributes asked) {
    return switch (asked) {
      case AccessAttributes.Path path -> path.path().length();
      case AccessAttributes.Resource resource -> length(resource);
      case AccessAttributes.Selected selected ->
          length(selected.resource())
              + selected.fields().toString().length()
              + selected.labels().toString().length();
    };
  }

  private static int length(AccessAttributes.Resource resource) {
    return resource.namespace().length()
        + resource.verb().length()
        + resource.group().length()
        + resource.resource().length()
        + resource.subresource().length()
        + resource.name().length();
  }
}
