package dev.drydock.apiserver.access.jwt;

import com.nimbusds.jwt.SignedJWT;
import dev.drydock.apiserver.access.identity.BearerTokens.Reading;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Recognises the tokens of one issuer: who signed them, and then the rules for their claims, of
/// which some may be fetched from elsewhere.
final class JwtUsers {
  private final IssuerSettings settings;
  private final JwtVerifier verifier;
  private final DistributedClaims elsewhere;

  JwtUsers(IssuerSettings settings, IssuerKeys.Documents documents, InstantSource clock) {
    this.settings = settings;
    this.verifier = new JwtVerifier(settings, documents, clock);
    this.elsewhere = new DistributedClaims(settings, verifier, documents, clock);
  }

  String issuer() {
    return settings.url();
  }

  /// @param claims what the token says, not verified yet; its issuer is this one
  /// @param audiences for which it counts, when it counts
  Reading read(SignedJWT token, ObjectNode claims, List<String> audiences) {
    try {
      try {
        verifier.verify(token, claims);
      } catch (ClaimException wrong) {
        return new Reading.Refused(
            wrong.text().equals("oidc: authenticator not initialized")
                ? wrong.text()
                : "oidc: verify token: " + wrong.text());
      }
      ObjectNode all;
      try {
        all = elsewhere.expanded(claims);
      } catch (ClaimException wrong) {
        return new Reading.Refused("oidc: could not expand distributed claims: " + wrong.text());
      }
      return new Reading.Stands(settings.rules().user(all), audiences);
    } catch (ClaimException wrong) {
      return new Reading.Refused(wrong.text());
    }
  }
}
