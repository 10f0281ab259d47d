package dev.drydock.apiserver.webhook;

import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.matching.Matcher;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One webhook of a configuration, ready to be used.
///
/// @param conditions null: they do not compile
record Hook(
    String configuration,
    String name,
    ClientConfig client,
    Matcher matcher,
    @Nullable Conditions conditions,
    Conduct conduct) {

  private static final int DEFAULT_SECONDS = 10;

  /// What happens around a call.
  record Conduct(Failure failure, Again again, DryRun dryRun, Duration timeout) {}

  /// What becomes of the request when the webhook does not answer.
  enum Failure {
    FAIL,
    IGNORE
  }

  /// Whether it is asked again when others changed the object after it.
  enum Again {
    NEVER,
    IF_NEEDED
  }

  /// Whether it may be asked about a dry run.
  enum DryRun {
    SAFE,
    UNSAFE
  }

  static Hook of(String configuration, JsonNode webhook, Supplier<CelScope> scope) {
    @Nullable Conditions conditions;
    try {
      conditions = Conditions.of(webhook.path("matchConditions"), scope);
    } catch (CelCompileException e) {
      conditions = null;
    }
    String sideEffects = webhook.path("sideEffects").stringValue("");
    return new Hook(
        configuration,
        webhook.path("name").stringValue(""),
        ClientConfig.of(webhook.path("clientConfig")),
        Matcher.ofWebhook(webhook),
        conditions,
        new Conduct(
            webhook.path("failurePolicy").stringValue("Fail").equals("Ignore")
                ? Failure.IGNORE
                : Failure.FAIL,
            webhook.path("reinvocationPolicy").stringValue("Never").equals("IfNeeded")
                ? Again.IF_NEEDED
                : Again.NEVER,
            sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun")
                ? DryRun.SAFE
                : DryRun.UNSAFE,
            Duration.ofSeconds(webhook.path("timeoutSeconds").asInt(DEFAULT_SECONDS))));
  }
}
