package dev.drydock.apiserver.access.identity;

import java.time.Duration;
import java.util.List;

/// What tokens of service accounts say, and how long they live.
///
/// @param issuers `--service-account-issuer`: the first signs, all are accepted
/// @param audiences `--api-audiences`; by default the first issuer
/// @param longest `--service-account-max-token-expiration`; zero: no limit
/// @param extension `--service-account-extend-token-expiration`
public record TokenSettings(
    List<String> issuers, List<String> audiences, Duration longest, Extension extension) {
  public TokenSettings {
    issuers = List.copyOf(issuers);
    audiences = List.copyOf(audiences);
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException("service-account-issuer is a required flag");
    }
  }

  /// Whether kubelets' tokens for pods live a year in truth, so that clients that never read them
  /// again go on.
  public enum Extension {
    ON,
    OFF
  }

  public static TokenSettings of(String issuer) {
    return new TokenSettings(List.of(issuer), List.of(issuer), Duration.ZERO, Extension.ON);
  }
}
