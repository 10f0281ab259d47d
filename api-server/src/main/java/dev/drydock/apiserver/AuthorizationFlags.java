package dev.drydock.apiserver;

import dev.drydock.apiserver.ApiServerSettings.Authority;
import dev.drydock.apiserver.access.asking.AuthorizerChoice;
import dev.drydock.apiserver.access.asking.WebhookSettings;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say who decides what users may do.
final class AuthorizationFlags {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--authorization-mode",
      split = ",",
      description =
          "Who decides, in order: Node, RBAC, ABAC, Webhook, AlwaysAllow, AlwaysDeny; default:"
              + " Node,RBAC.")
  private @Nullable List<String> modes;

  @Option(
      names = "--authorization-config",
      description = "An AuthorizationConfiguration, in the place of the other flags.")
  private @Nullable Path configuration;

  @Option(
      names = "--authorization-policy-file",
      description = "For ABAC: one Policy a line, in JSON.")
  private @Nullable Path policies;

  @Option(
      names = "--authorization-webhook-config-file",
      description = "For Webhook: a kubeconfig, which server is asked.")
  private @Nullable Path webhook;

  @Option(
      names = "--authorization-webhook-version",
      description = "Of the SubjectAccessReview it is sent: v1 or v1beta1, the default.")
  private @Nullable String version;

  @Option(
      names = "--authorization-webhook-cache-authorized-ttl",
      description = "How long a yes counts; default: 5m0s.")
  private @Nullable String authorized;

  @Option(
      names = "--authorization-webhook-cache-unauthorized-ttl",
      description = "How long a no counts; default: 30s.")
  private @Nullable String unauthorized;

  @Option(
      names = "--authorization-always-allow-paths",
      split = ",",
      defaultValue = "/healthz,/readyz,/livez",
      description = "Paths that everybody may have.")
  private List<String> alwaysAllowed = List.of();

  /// @throws BadFlagException when flags contradict each other
  Authority authority() {
    boolean byWebhook =
        webhook != null || version != null || authorized != null || unauthorized != null;
    if (configuration != null) {
      if (modes != null || byWebhook) {
        throw new BadFlagException(
            "--authorization-config can not be specified when --authorization-mode or"
                + " --authorization-webhook-* flags are defined");
      }
      return new Authority(List.of(), configuration, policies, Set.copyOf(alwaysAllowed));
    }
    List<String> chosen = modes == null ? List.of("Node", "RBAC") : modes;
    if (new HashSet<>(chosen).size() != chosen.size()) {
      throw new BadFlagException(
          "authorization-mode " + chosen + " has mode specified more than once");
    }
    if (byWebhook && !chosen.contains("Webhook")) {
      throw new BadFlagException(
          "cannot specify --authorization-webhook-config-file without mode Webhook");
    }
    if (policies != null && !chosen.contains("ABAC")) {
      throw new BadFlagException("cannot specify --authorization-policy-file without mode ABAC");
    }
    return new Authority(
        chosen.stream().map(this::choice).toList(), null, policies, Set.copyOf(alwaysAllowed));
  }

  private AuthorizerChoice choice(String mode) {
    return switch (mode) {
      case "Node" -> new AuthorizerChoice.Node();
      case "RBAC" -> new AuthorizerChoice.Rbac();
      case "AlwaysAllow" -> new AuthorizerChoice.AlwaysAllow();
      case "AlwaysDeny" -> new AuthorizerChoice.AlwaysDeny();
      case "ABAC" -> {
        if (policies == null) {
          throw new BadFlagException(
              "authorization-mode ABAC's authorization policy file not passed");
        }
        yield new AuthorizerChoice.Abac(policies);
      }
      case "Webhook" -> new AuthorizerChoice.Webhook("default", webhook());
      default ->
          throw new BadFlagException(
              "authorization-mode \""
                  + mode
                  + "\" is not a valid mode: Node, RBAC, ABAC, Webhook, AlwaysAllow, AlwaysDeny");
    };
  }

  private WebhookSettings webhook() {
    if (webhook == null) {
      throw new BadFlagException(
          "authorization-mode Webhook's authorization config file not passed");
    }
    String review = version == null ? "v1beta1" : version;
    if (!review.equals("v1") && !review.equals("v1beta1")) {
      throw new BadFlagException(
          "--authorization-webhook-version: \"" + review + "\" is none of v1, v1beta1");
    }
    return new WebhookSettings(
        webhook,
        review,
        Flags.duration(
            "--authorization-webhook-cache-authorized-ttl",
            authorized == null ? "5m0s" : authorized),
        Flags.duration(
            "--authorization-webhook-cache-unauthorized-ttl",
            unauthorized == null ? "30s" : unauthorized),
        PATIENCE,
        WebhookSettings.FailurePolicy.NO_OPINION,
        Conditions.NONE);
  }
}
