package dev.drydock.apiserver.registry.admissionregistration;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.matching.CelVariables;
import dev.drydock.apiserver.registry.strategy.Domains;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.registry.strategy.WebhookClients;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// MutatingWebhookConfigurations and ValidatingWebhookConfigurations.
public final class WebhookConfigurationStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final int TIMEOUT = 10;
  private static final int LONGEST_TIMEOUT = 30;
  private static final int HTTPS = 443;

  private final Kind kind;
  private final CelEnvironment cel;

  /// Which of the two.
  public enum Kind {
    MUTATING,
    VALIDATING
  }

  public WebhookConfigurationStrategy(Kind kind, CelEnvironment cel) {
    this.kind = kind;
    this.cel = cel;
  }

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    for (ObjectNode webhook : Trees.objects(object, "webhooks")) {
      Trees.putDefault(webhook, "failurePolicy", "Fail");
      Trees.putDefault(webhook, "timeoutSeconds", TIMEOUT);
      Matching.applyDefaults(webhook, "rules");
      if (kind == Kind.MUTATING) {
        Trees.putDefault(webhook, "reinvocationPolicy", "Never");
      }
      if (Trees.at(webhook, "clientConfig", "service") instanceof ObjectNode service) {
        Trees.putDefault(service, "port", HTTPS);
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    Set<String> names = new HashSet<>();
    for (Field webhook : Field.root(object).child("webhooks").items()) {
      checkName(webhook.child("name"), names, found);
      Matching.checkRules(webhook.child("rules"), found);
      found.oneOf(webhook.child("failurePolicy"), List.of("Fail", "Ignore"));
      Field effects = webhook.child("sideEffects");
      if (found.present(effects, "must specify one of None, NoneOnDryRun")) {
        found.oneOf(effects, List.of("None", "NoneOnDryRun"));
      }
      Field timeout = webhook.child("timeoutSeconds");
      long seconds = timeout.number(TIMEOUT);
      if (seconds < 1 || seconds > LONGEST_TIMEOUT) {
        found.invalid(timeout, "the timeout value must be between 1 and 30 seconds");
      }
      Matching.check(webhook, found);
      found.oneOf(webhook.child("reinvocationPolicy"), List.of("IfNeeded", "Never"));
      WebhookClients.check(webhook.child("clientConfig"), found);
      Matching.checkConditions(webhook.child("matchConditions"), found);
      compile(webhook.child("matchConditions"), found);
      checkVersions(webhook.child("admissionReviewVersions"), found);
    }
  }

  private static void checkName(Field name, Set<String> names, Violations found) {
    Domains.checkThreeSegments(name, found);
    if (!name.isEmpty() && !names.add(name.text())) {
      found.duplicate(name);
    }
  }

  private static void checkVersions(Field versions, Violations found) {
    if (!found.present(versions, "must specify one of v1, v1beta1")) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (Field version : versions.items()) {
      if (!seen.add(version.text())) {
        found.invalid(version, "duplicate version");
      } else {
        found.conforms(version, Names::label1035);
      }
    }
    if (!seen.contains("v1") && !seen.contains("v1beta1")) {
      found.invalid(versions, "must include at least one of v1, v1beta1");
    }
  }

  private void compile(Field conditions, Violations found) {
    @Nullable CelScope scope = null;
    for (Field condition : conditions.items()) {
      Field expression = condition.child("expression");
      String text = expression.text().strip();
      if (text.isEmpty()) {
        continue;
      }
      scope = scope == null ? cel.scope(CelVariables.ofConditions()) : scope;
      try {
        String type = scope.compile(text).resultType();
        if (!type.equals("bool")) {
          found.add(
              FieldError.invalid(expression.path(), text, "must evaluate to bool but got " + type));
        }
      } catch (CelCompileException e) {
        found.add(FieldError.invalid(expression.path(), text, e.problem()));
      }
    }
  }
}
