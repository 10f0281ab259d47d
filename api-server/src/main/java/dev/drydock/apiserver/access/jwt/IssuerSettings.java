package dev.drydock.apiserver.access.jwt;

import java.util.List;
import java.util.Set;

/// An issuer whose tokens count.
///
/// @param url as it stands in the claim `iss`
/// @param discoveryUrl where its document is; empty: where it should be
/// @param authorities PEM, who vouches for its server; empty: those whom the system trusts
/// @param audiences a token is made for at least one of them
/// @param algorithms by which it may sign
public record IssuerSettings(
    String url,
    String discoveryUrl,
    String authorities,
    List<String> audiences,
    Set<String> algorithms,
    ClaimRules rules) {
  /// All that may be chosen.
  public static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512");

  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  public IssuerSettings {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
  }

  /// Of an issuer to whom this one refers: the same but for its address.
  IssuerSettings ofIssuer(String other) {
    return new IssuerSettings(other, "", authorities, audiences, algorithms, rules);
  }

  /// Where its document is.
  String discovery() {
    if (!discoveryUrl.isEmpty()) {
      return discoveryUrl;
    }
    return (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + WELL_KNOWN;
  }
}
