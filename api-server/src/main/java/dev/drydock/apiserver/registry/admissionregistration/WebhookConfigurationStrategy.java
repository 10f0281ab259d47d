package dev.drydock.apiserver.registry.admissionregistration;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.matching.CelVariables;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.net.URI;
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
  private static final int HIGHEST_PORT = 65535;

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
      Matching.check(webhook, found);
      found.oneOf(webhook.child("failurePolicy"), List.of("Fail", "Ignore"));
      found.oneOf(webhook.child("reinvocationPolicy"), List.of("IfNeeded", "Never"));
      Field effects = webhook.child("sideEffects");
      if (found.present(effects, "must specify one of None, NoneOnDryRun")) {
        found.oneOf(effects, List.of("None", "NoneOnDryRun"));
      }
      Field timeout = webhook.child("timeoutSeconds");
      long seconds = timeout.number(TIMEOUT);
      if (seconds < 1 || seconds > LONGEST_TIMEOUT) {
        found.invalid(timeout, "the timeout value must be between 1 and 30 seconds");
      }
      checkVersions(webhook.child("admissionReviewVersions"), found);
      checkClient(webhook.child("clientConfig"), found);
      Matching.checkConditions(webhook.child("matchConditions"), found);
      compile(webhook.child("matchConditions"), found);
    }
  }

  private static void checkName(Field name, Set<String> names, Violations found) {
    if (!found.present(name, "")) {
      return;
    }
    found.conforms(name, Names::subdomain);
    if (name.text().split("\\.").length < 3) {
      found.invalid(name, "should be a domain with at least three segments separated by dots");
    }
    if (!names.add(name.text())) {
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
        found.duplicate(version);
      }
      found.conforms(version, Names::label1035);
    }
    if (!seen.contains("v1") && !seen.contains("v1beta1")) {
      found.invalid(versions, "must include at least one of v1, v1beta1");
    }
  }

  private static void checkClient(Field client, Violations found) {
    Field url = client.child("url");
    Field service = client.child("service");
    if (url.isPresent() == service.isPresent()) {
      found.required(client, "exactly one of url or service is required");
      return;
    }
    if (url.isPresent()) {
      checkUrl(url, found);
      return;
    }
    found.present(service.child("name"), "service name is required");
    found.present(service.child("namespace"), "service namespace is required");
    long port = service.child("port").number(HTTPS);
    if (port < 1 || port > HIGHEST_PORT) {
      found.invalid(
          service.child("port"), "port is not valid: must be between 1 and 65535, inclusive");
    }
    Field path = service.child("path");
    if (!path.isEmpty() && !path.text().startsWith("/")) {
      found.invalid(path, "must start with a '/'");
    }
  }

  private static void checkUrl(Field url, Violations found) {
    String form = "; desired format: https://host[/path]";
    URI uri;
    try {
      uri = URI.create(url.text());
    } catch (IllegalArgumentException e) {
      found.required(url, "url must be a valid URL: " + e.getMessage() + form);
      return;
    }
    if (!"https".equals(uri.getScheme())) {
      found.invalid(url, "'https' is the only allowed URL scheme" + form);
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      found.invalid(url, "host must be specified" + form);
    }
    if (uri.getUserInfo() != null) {
      found.invalid(url, "user information is not permitted in the URL");
    }
    if (uri.getFragment() != null) {
      found.invalid(url, "fragments are not permitted in the URL");
    }
    if (uri.getQuery() != null) {
      found.invalid(url, "query parameters are not permitted in the URL");
    }
  }

  private void compile(Field conditions, Violations found) {
    @Nullable CelScope scope = null;
    for (Field condition : conditions.items()) {
      Field expression = condition.child("expression");
      if (expression.isEmpty()) {
        continue;
      }
      scope = scope == null ? cel.scope(CelVariables.ofConditions()) : scope;
      try {
        CelProgram program = scope.compile(expression.text());
        if (!program.resultType().equals("bool")) {
          found.invalid(expression, "must evaluate to bool");
        }
      } catch (CelCompileException e) {
        found.add(
            FieldError.invalid(
                expression.path(), expression.text(), "compilation failed: " + e.getMessage()));
      }
    }
  }
}
