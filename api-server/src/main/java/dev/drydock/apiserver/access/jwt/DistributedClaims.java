package dev.drydock.apiserver.access.jwt;

import com.nimbusds.jwt.SignedJWT;
import dev.drydock.api.status.ApiException;
import java.io.IOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The groups of a token that does not carry them, but says in `_claim_names` and
/// `_claim_sources` who tells them: another token, fetched each time, of this or another issuer.
final class DistributedClaims {
  private static final String NAMES = "_claim_names";
  private static final String SOURCES = "_claim_sources";

  private final IssuerSettings settings;
  private final JwtVerifier own;
  private final IssuerKeys.Documents documents;
  private final InstantSource clock;
  private final Map<String, JwtVerifier> others = new ConcurrentHashMap<>();

  /// @param own verifies the tokens of the issuer itself
  DistributedClaims(
      IssuerSettings settings,
      JwtVerifier own,
      IssuerKeys.Documents documents,
      InstantSource clock) {
    this.settings = settings;
    this.own = own;
    this.documents = documents;
    this.clock = clock;
  }

  /// The claims with those that are told elsewhere; the same where there are none.
  ///
  /// @param claims of a verified token
  ObjectNode expanded(ObjectNode claims) throws ClaimException {
    String claim = settings.rules().groupsClaim();
    if (claim.isEmpty() || claims.has(claim) || !claims.has(NAMES)) {
      return claims;
    }
    if (!isMapOf(claims.path(NAMES), JsonNode::isString)) {
      throw new ClaimException("oidc: error parsing distributed claim names: no map of texts");
    }
    if (!claims.has(SOURCES)) {
      throw new ClaimException("oidc: no claim sources");
    }
    if (!isMapOf(claims.path(SOURCES), JsonNode::isObject)) {
      throw new ClaimException("oidc: could not parse claim sources: no map of objects");
    }
    String source = claims.path(NAMES).path(claim).asString("");
    if (!claims.path(NAMES).has(claim)) {
      return claims;
    }
    JsonNode endpoint = claims.path(SOURCES).path(source);
    if (endpoint.isMissingNode()) {
      throw new ClaimException(
          "id token _claim_names contained a source " + source + " missing in _claims_sources");
    }
    String url = endpoint.path("endpoint").asString("");
    if (url.isEmpty()) {
      return claims;
    }
    ObjectNode all = claims.deepCopy();
    all.set(claim, resolved(claim, url, endpoint.path("access_token").asString("")));
    return all;
  }

  private interface Check {
    boolean holds(JsonNode node);
  }

  private static boolean isMapOf(JsonNode node, Check check) {
    return node.isObject() && node.valueStream().allMatch(check::holds);
  }

  private JsonNode resolved(String claim, String url, String bearer) throws ClaimException {
    String text;
    try {
      text = documents.get(url, bearer);
    } catch (IOException failure) {
      throw new ClaimException(
          "while getting distributed claim \"" + claim + "\": " + failure.getMessage());
    }
    SignedJWT token;
    ObjectNode told;
    try {
      token = SignedJWT.parse(text);
      told = JwtVerifier.claims(token);
    } catch (ParseException | ApiException malformed) {
      throw new ClaimException(
          "getting untrusted issuer from endpoint "
              + url
              + " failed for claim \""
              + claim
              + "\": "
              + malformed.getMessage());
    }
    try {
      verifier(told.path("iss").asString("")).verify(token, told);
    } catch (ClaimException wrong) {
      throw new ClaimException("verify distributed claim token: " + wrong.text());
    }
    if (!told.has(claim)) {
      throw new ClaimException(
          "jwt returned by distributed claim endpoint \""
              + url
              + "\" did not contain claim: "
              + claim);
    }
    return told.path(claim);
  }

  private JwtVerifier verifier(String issuer) {
    return issuer.equals(settings.url())
        ? own
        : others.computeIfAbsent(
            issuer, _ -> new JwtVerifier(settings.ofIssuer(issuer), documents, clock));
  }
}
