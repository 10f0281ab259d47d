package dev.drydock.apiserver.access.asking;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.access.asking.WebhookSettings.FailurePolicy;
import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.configuration.Section;
import dev.drydock.apiserver.matching.Conditions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads `--authorization-config`, and says what is wrong with it in Kubernetes' words.
public final class AuthorizationConfiguration {
  private static final Set<String> VERSIONS =
      Set.of(
          "apiserver.config.k8s.io/v1",
          "apiserver.config.k8s.io/v1beta1",
          "apiserver.config.k8s.io/v1alpha1");
  private static final List<String> KNOWN =
      List.of("ABAC", "AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook");
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final CelEnvironment cel;
  private final @Nullable Path policies;
  private final List<FieldError> errors = new ArrayList<>();
  private @Nullable CelScope scope;

  private AuthorizationConfiguration(CelEnvironment cel, @Nullable Path policies) {
    this.cel = cel;
    this.policies = policies;
  }

  /// @param cel asked only when there are conditions
  /// @param policies for ABAC; null: it can't be chosen
  /// @throws IllegalArgumentException naming everything that is wrong
  public static List<AuthorizerChoice> read(
      String text, CelEnvironment cel, @Nullable Path policies) {
    return new AuthorizationConfiguration(cel, policies).read(text);
  }

  private List<AuthorizerChoice> read(String text) {
    Section file = Section.read(text, "AuthorizationConfiguration", VERSIONS).only("authorizers");
    List<AuthorizerChoice> choices = new ArrayList<>();
    Set<String> types = new HashSet<>();
    Set<String> names = new HashSet<>();
    List<Section> sections = file.children("authorizers");
    if (sections.isEmpty()) {
      errors.add(
          FieldError.required("authorizers", "at least one authorization mode must be defined"));
    }
    for (Section section : sections) {
      section.only("type", "name", "webhook");
      String type = section.text("type");
      if (type.isEmpty()) {
        errors.add(FieldError.required(section.path("type"), ""));
      } else if (!KNOWN.contains(type)) {
        errors.add(FieldError.notSupported(section.path("type"), type, KNOWN));
      } else if (!types.add(type) && !type.equals("Webhook")) {
        errors.add(FieldError.duplicate(section.path("type"), type));
      } else {
        checkName(section, names);
        AuthorizerChoice choice = choice(section, type);
        if (choice != null) {
          choices.add(choice);
        }
      }
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          errors.stream().map(FieldError::toString).collect(Collectors.joining(", ")));
    }
    return choices;
  }

  private void checkName(Section section, Set<String> names) {
    String name = section.text("name");
    if (name.isEmpty()) {
      errors.add(FieldError.required(section.path("name"), ""));
    } else if (!names.add(name)) {
      errors.add(FieldError.duplicate(section.path("name"), name));
    } else if (!NAME.matcher(name).matches()) {
      errors.add(
          FieldError.invalid(
              section.path("name"),
              name,
              "authorizer name is invalid: a lowercase RFC 1123 subdomain must consist of lower"
                  + " case alphanumeric characters, '-' or '.', and must start and end with an"
                  + " alphanumeric character"));
    }
  }

  private @Nullable AuthorizerChoice choice(Section section, String type) {
    if (type.equals("Webhook")) {
      if (!section.has("webhook")) {
        errors.add(FieldError.required(section.path("webhook"), "required when type=Webhook"));
        return null;
      }
      WebhookSettings settings = webhook(section.child("webhook"), section);
      return settings == null ? null : new AuthorizerChoice.Webhook(section.text("name"), settings);
    }
    if (section.has("webhook")) {
      errors.add(
          FieldError.invalid(
              section.path("webhook"), "non-null", "may only be specified when type=Webhook"));
    }
    return standard(type);
  }

  private @Nullable AuthorizerChoice standard(String type) {
    return switch (type) {
      case "Node" -> new AuthorizerChoice.Node();
      case "RBAC" -> new AuthorizerChoice.Rbac();
      case "AlwaysAllow" -> new AuthorizerChoice.AlwaysAllow();
      case "AlwaysDeny" -> new AuthorizerChoice.AlwaysDeny();
      default -> {
        Path file = policies;
        if (file == null) {
          errors.add(
              FieldError.required(
                  "authorization-policy-file", "ABAC needs --authorization-policy-file"));
          yield null;
        }
        yield new AuthorizerChoice.Abac(file);
      }
    };
  }

  /// @param authorizer whose path stands in messages, as in Kubernetes
  private @Nullable WebhookSettings webhook(Section webhook, Section authorizer) {
    webhook.only(
        "authorizedTTL",
        "cacheAuthorizedRequests",
        "unauthorizedTTL",
        "cacheUnauthorizedRequests",
        "timeout",
        "subjectAccessReviewVersion",
        "matchConditionSubjectAccessReviewVersion",
        "failurePolicy",
        "connectionInfo",
        "matchConditions");
    Duration timeout = webhook.duration("timeout");
    if (timeout.isZero()) {
      errors.add(FieldError.required(authorizer.path("timeout"), ""));
    } else if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
      errors.add(
          FieldError.invalid(
              authorizer.path("timeout"), webhook.text("timeout"), "must be > 0s and <= 30s"));
    }
    oneOf(webhook, authorizer, "subjectAccessReviewVersion", List.of("v1", "v1beta1"));
    if (webhook.has("matchConditionSubjectAccessReviewVersion")) {
      oneOf(webhook, authorizer, "matchConditionSubjectAccessReviewVersion", List.of("v1"));
    } else if (!webhook.children("matchConditions").isEmpty()) {
      errors.add(
          FieldError.required(
              authorizer.path("matchConditionSubjectAccessReviewVersion"),
              "required if match conditions are specified"));
    }
    oneOf(webhook, authorizer, "failurePolicy", List.of("NoOpinion", "Deny"));
    Duration authorized =
        webhook.flag("cacheAuthorizedRequests", Boolean.TRUE)
            ? lifetime(webhook, authorizer, "authorizedTTL", Duration.ofMinutes(5))
            : Duration.ZERO;
    Duration unauthorized =
        webhook.flag("cacheUnauthorizedRequests", Boolean.TRUE)
            ? lifetime(webhook, authorizer, "unauthorizedTTL", Duration.ofSeconds(30))
            : Duration.ZERO;
    Path kubeconfig = kubeconfig(webhook.child("connectionInfo"), authorizer);
    Conditions conditions = conditions(webhook, authorizer);
    return kubeconfig == null
        ? null
        : new WebhookSettings(
            kubeconfig,
            webhook.text("subjectAccessReviewVersion"),
            authorized,
            unauthorized,
            timeout,
            webhook.text("failurePolicy").equals("Deny")
                ? FailurePolicy.DENY
                : FailurePolicy.NO_OPINION,
            conditions);
  }

  private void oneOf(Section webhook, Section authorizer, String field, List<String> known) {
    String text = webhook.text(field);
    if (text.isEmpty()) {
      errors.add(FieldError.required(authorizer.path(field), ""));
    } else if (!known.contains(text)) {
      errors.add(FieldError.notSupported(authorizer.path(field), text, known));
    }
  }

  private Duration lifetime(Section webhook, Section authorizer, String field, Duration otherwise) {
    if (!webhook.has(field)) {
      return otherwise;
    }
    Duration lifetime = webhook.duration(field);
    if (lifetime.isNegative()) {
      errors.add(FieldError.invalid(authorizer.path(field), webhook.text(field), "must be > 0s"));
    }
    return lifetime.isZero() ? otherwise : lifetime;
  }

  private @Nullable Path kubeconfig(Section info, Section authorizer) {
    info.only("type", "kubeConfigFile");
    String path = authorizer.path("connectionInfo.kubeConfigFile");
    String file = info.text("kubeConfigFile");
    switch (info.text("type")) {
      case "" -> errors.add(FieldError.required(authorizer.path("connectionInfo.type"), ""));
      case "KubeConfigFile" -> {
        if (file.isEmpty()) {
          errors.add(FieldError.required(path, ""));
        } else if (!Path.of(file).isAbsolute()) {
          errors.add(FieldError.invalid(path, file, "must be an absolute path"));
        } else if (!Files.exists(Path.of(file))) {
          errors.add(
              FieldError.invalid(
                  path, file, "error loading file: stat " + file + ": no such file or directory"));
        } else if (!Files.isRegularFile(Path.of(file))) {
          errors.add(FieldError.invalid(path, file, "must be a regular file"));
        } else {
          return Path.of(file);
        }
      }
      default ->
          errors.add(
              FieldError.notSupported(
                  authorizer.path("connectionInfo.type"),
                  info.text("type"),
                  List.of("KubeConfigFile")));
    }
    return null;
  }

  private Conditions conditions(Section webhook, Section authorizer) {
    ArrayNode good = JsonNodeFactory.instance.arrayNode();
    Set<String> seen = new HashSet<>();
    List<Section> conditions = webhook.children("matchConditions");
    for (int i = 0; i < conditions.size(); i++) {
      String expression = conditions.get(i).only("expression").text("expression");
      String path = authorizer.path("matchConditions[" + i + "].expression");
      if (expression.isBlank()) {
        errors.add(FieldError.required(path, ""));
      } else if (!seen.add(expression)) {
        errors.add(FieldError.duplicate(path, expression));
      } else {
        check(path, expression);
        good.addObject().put("name", path).put("expression", expression);
      }
    }
    try {
      return errors.isEmpty() ? Conditions.of(good, this::scope) : Conditions.NONE;
    } catch (CelCompileException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void check(String path, String expression) {
    try {
      if (!scope().compile(expression).resultType().equals("bool")) {
        errors.add(FieldError.invalid(path, expression, "must evaluate to bool"));
      }
    } catch (CelCompileException e) {
      errors.add(FieldError.invalid(path, expression, e.problem()));
    }
  }

  private CelScope scope() {
    CelScope ready = scope;
    if (ready == null) {
      ready = cel.scope(ReviewShape.VARIABLES);
      scope = ready;
    }
    return ready;
  }
}
