package dev.drydock.apiserver;

import dev.drydock.apiserver.ApiServerSettings.Identity;
import dev.drydock.apiserver.ApiServerSettings.Outside;
import dev.drydock.apiserver.ApiServerSettings.TokenServer;
import dev.drydock.apiserver.access.jwt.ClaimMapping;
import dev.drydock.apiserver.access.jwt.ClaimRules;
import dev.drydock.apiserver.access.jwt.IssuerSettings;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say who outside knows the users.
final class AuthenticationFlags {
  @Option(
      names = "--anonymous-auth",
      arity = "0..1",
      fallbackValue = "true",
      description = "Let those in who show nothing; default: true.")
  private @Nullable Boolean anonymousAuth;

  @Option(
      names = "--authentication-config",
      description = "An AuthenticationConfiguration: issuers of tokens, anonymous requests.")
  private @Nullable Path configuration;

  @Option(names = "--oidc-issuer-url", description = "Whose OpenID Connect tokens count.")
  private String issuerUrl = "";

  @Option(names = "--oidc-client-id", description = "For whom its tokens are made.")
  private String clientId = "";

  @Option(names = "--oidc-ca-file", description = "Who signs its server; default: the system.")
  private @Nullable Path authorityFile;

  @Option(
      names = "--oidc-username-claim",
      defaultValue = "sub",
      description = "The claim that names the user.")
  private String usernameClaim = "sub";

  @Option(
      names = "--oidc-username-prefix",
      description = "Stands before names; -: nothing; default: the issuer, unless by email.")
  private String usernamePrefix = "";

  @Option(names = "--oidc-groups-claim", description = "The claim that names groups.")
  private String groupsClaim = "";

  @Option(names = "--oidc-groups-prefix", description = "Stands before groups.")
  private String groupsPrefix = "";

  @Option(
      names = "--oidc-signing-algs",
      split = ",",
      defaultValue = "RS256",
      description = "How its tokens may be signed.")
  private List<String> algorithms = List.of();

  @Option(
      names = "--oidc-required-claim",
      split = ",",
      description = "key=value that a token must say.")
  private Map<String, String> requiredClaims = new LinkedHashMap<>();

  @Option(
      names = "--authentication-token-webhook-config-file",
      description = "A kubeconfig: which server is asked whose a token is.")
  private @Nullable Path webhook;

  @Option(
      names = "--authentication-token-webhook-version",
      defaultValue = "v1beta1",
      description = "Of the TokenReview it is sent.")
  private String webhookVersion = "v1beta1";

  @Option(
      names = "--authentication-token-webhook-cache-ttl",
      defaultValue = "2m0s",
      description = "How long its answers count.")
  private String webhookCache = "2m0s";

  Identity.Anonymous anonymous() {
    if (anonymousAuth == null) {
      return Identity.Anonymous.UNMENTIONED;
    }
    return anonymousAuth ? Identity.Anonymous.ALLOWED : Identity.Anonymous.REFUSED;
  }

  /// @throws BadFlagException when flags contradict each other
  Outside outside() {
    if (configuration != null && !isUnmentioned()) {
      throw new BadFlagException(
          "authentication-config file and oidc-* flags are mutually exclusive");
    }
    if (issuerUrl.isEmpty() != clientId.isEmpty()) {
      throw new BadFlagException(
          "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags"
              + " are set");
    }
    return new Outside(configuration, issuerUrl.isEmpty() ? List.of() : List.of(issuer()), asked());
  }

  private @Nullable TokenServer asked() {
    if (webhook == null) {
      return null;
    }
    if (!webhookVersion.equals("v1") && !webhookVersion.equals("v1beta1")) {
      throw new BadFlagException(
          "--authentication-token-webhook-version: \""
              + webhookVersion
              + "\" is none of v1,"
              + " v1beta1");
    }
    return new TokenServer(
        webhook,
        webhookVersion,
        Flags.duration("--authentication-token-webhook-cache-ttl", webhookCache));
  }

  private boolean isUnmentioned() {
    return issuerUrl.isEmpty()
        && clientId.isEmpty()
        && authorityFile == null
        && usernamePrefix.isEmpty()
        && groupsClaim.isEmpty()
        && groupsPrefix.isEmpty()
        && requiredClaims.isEmpty();
  }

  private IssuerSettings issuer() {
    if (!issuerUrl.startsWith("https://")) {
      throw new BadFlagException("--oidc-issuer-url: URL scheme must be https");
    }
    Set<String> known = IssuerSettings.ALGORITHMS;
    for (String algorithm : algorithms) {
      if (!known.contains(algorithm)) {
        throw new BadFlagException(
            "--oidc-signing-algs: unsupported signing alg \""
                + algorithm
                + "\"; known are "
                + String.join(", ", new TreeSet<>(known)));
      }
    }
    ClaimMapping groups =
        groupsClaim.isEmpty()
            ? new ClaimMapping.Nothing()
            : new ClaimMapping.Claim(groupsClaim, groupsPrefix);
    return new IssuerSettings(
        issuerUrl,
        "",
        authorities(),
        List.of(clientId),
        Set.copyOf(algorithms),
        ClaimRules.of(new ClaimMapping.Claim(usernameClaim, prefix()), groups, requiredClaims));
  }

  private String prefix() {
    if (usernamePrefix.equals("-")) {
      return "";
    }
    return usernamePrefix.isEmpty() && !usernameClaim.equals("email")
        ? issuerUrl + "#"
        : usernamePrefix;
  }

  private String authorities() {
    try {
      return authorityFile == null ? "" : Files.readString(authorityFile);
    } catch (IOException e) {
      throw new BadFlagException("--oidc-ca-file: cannot read " + authorityFile);
    }
  }
}
