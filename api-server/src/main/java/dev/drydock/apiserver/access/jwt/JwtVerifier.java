package dev.drydock.apiserver.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.drydock.api.codec.TreeCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells whether a token is one of an issuer's: algorithm, signature, audience, time.
final class JwtVerifier {
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private final IssuerSettings settings;
  private final IssuerKeys keys;
  private final InstantSource clock;

  JwtVerifier(IssuerSettings settings, IssuerKeys.Documents documents, InstantSource clock) {
    this.settings = settings;
    this.keys = new IssuerKeys(settings, documents, clock);
    this.clock = clock;
  }

  /// @param claims what the token says
  /// @throws ClaimException when the token does not count
  void verify(SignedJWT token, ObjectNode claims) throws ClaimException {
    Instant now = clock.instant();
    Instant expiry = instant(claims, "exp");
    if (expiry == null || !now.isBefore(expiry)) {
      throw new ClaimException(
          "oidc: token is expired (Token Expiry: "
              + (expiry == null ? "0001-01-01 00:00:00 +0000 UTC" : expiry)
              + ")");
    }
    Instant begin = instant(claims, "nbf");
    if (begin != null && now.plus(LEEWAY).isBefore(begin)) {
      throw new ClaimException(
          "oidc: current time " + now + " before the nbf (not before) time: " + begin);
    }
    String algorithm = token.getHeader().getAlgorithm().getName();
    if (!settings.algorithms().contains(algorithm)) {
      throw new ClaimException(
          "oidc: malformed jwt: unexpected signature algorithm \""
              + algorithm
              + "\"; expected "
              + quoted(new TreeSet<>(settings.algorithms())));
    }
    String keyId = token.getHeader().getKeyID() == null ? "" : token.getHeader().getKeyID();
    if (!isSigned(token, keys.candidates(keyId)) && !isSigned(token, keys.newer(keyId))) {
      throw new ClaimException("failed to verify signature: failed to verify id token signature");
    }
    List<String> made = audience(claims.path("aud"));
    if (made.stream().noneMatch(settings.audiences()::contains)) {
      throw new ClaimException(
          "oidc: expected audience in "
              + quoted(new TreeSet<>(settings.audiences()))
              + " got "
              + quoted(made));
    }
  }

  private static @Nullable Instant instant(ObjectNode claims, String name) {
    JsonNode value = claims.path(name);
    return value.isNumber() ? Instant.ofEpochSecond(value.longValue()) : null;
  }

  private static List<String> audience(JsonNode value) {
    if (value.isString()) {
      return List.of(value.stringValue());
    }
    List<String> all = new ArrayList<>();
    value.forEach(one -> all.add(one.asString("")));
    return all;
  }

  private static String quoted(Collection<String> texts) {
    return texts.stream().collect(Collectors.joining("\" \"", "[\"", "\"]"));
  }

  private static boolean isSigned(SignedJWT token, List<JWK> keys) {
    for (JWK key : keys) {
      try {
        JWSVerifier verifier = verifier(key);
        if (verifier != null
            && verifier.supportedJWSAlgorithms().contains(token.getHeader().getAlgorithm())
            && token.verify(verifier)) {
          return true;
        }
      } catch (JOSEException _) {
        // The next key may be the right one.
      }
    }
    return false;
  }

  private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
    if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
      return null;
    }
    return switch (key) {
      case RSAKey rsa -> new RSASSAVerifier(rsa.toRSAPublicKey());
      case ECKey elliptic -> new ECDSAVerifier(elliptic.toECPublicKey());
      default -> null;
    };
  }

  /// What a token says, whether it is true or not.
  static ObjectNode claims(SignedJWT token) {
    return TreeCodec.read(token.getPayload().toBytes());
  }
}
