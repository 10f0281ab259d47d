package dev.drydock.apiserver.access.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.drydock.apiserver.access.identity.IdentityObjects.Living;
import dev.drydock.apiserver.request.User;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Recognises tokens of service accounts: signature, issuer, audience, time, and that the
/// account and whatever the token is bound to still live.
public final class ServiceAccountUsers implements BearerTokens {
  private static final int REMEMBERED = 2000;
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final TokenKeys keys;
  private final TokenSettings settings;
  private final IdentityObjects objects;
  private final LegacyAccountTokens legacy;
  private final InstantSource clock;

  /// Tokens whose signature has been found right; that never changes.
  private final Map<String, JWTClaimsSet> verified = new ConcurrentHashMap<>();

  public ServiceAccountUsers(
      TokenKeys keys,
      TokenSettings settings,
      IdentityObjects objects,
      SecretReader secrets,
      InstantSource clock) {
    this.legacy = new LegacyAccountTokens(objects, secrets);
    this.keys = keys;
    this.settings = settings;
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Reading read(String token, List<String> audiences) {
    try {
      JWTClaimsSet claims = verified.get(token);
      if (claims == null) {
        claims = verify(token);
      }
      if (claims == null) {
        return Reading.FOREIGN;
      }
      return LegacyAccountTokens.ISSUER.equals(claims.getIssuer())
          ? legacy.read(token, claims, audiences)
          : read(claims, audiences);
    } catch (ParseException | JOSEException e) {
      return Reading.FOREIGN;
    }
  }

  private @Nullable JWTClaimsSet verify(String token) throws ParseException, JOSEException {
    SignedJWT signed = SignedJWT.parse(token);
    String keyId = signed.getHeader().getKeyID();
    for (JWSVerifier verifier : keys.verifiers(keyId == null ? "" : keyId)) {
      boolean fits = verifier.supportedJWSAlgorithms().contains(signed.getHeader().getAlgorithm());
      if (fits && signed.verify(verifier)) {
        JWTClaimsSet claims = signed.getJWTClaimsSet();
        if (verified.size() >= REMEMBERED) {
          verified.clear();
        }
        verified.put(token, claims);
        return claims;
      }
    }
    return null;
  }

  private Reading read(JWTClaimsSet claims, List<String> audiences) throws ParseException {
    Map<String, Object> bound = claims.getJSONObjectClaim(ServiceAccountTokens.PRIVATE_CLAIM);
    if (!settings.issuers().contains(claims.getIssuer()) || bound == null) {
      return Reading.FOREIGN;
    }
    Instant now = clock.instant();
    if (claims.getExpirationTime() == null
        || !now.isBefore(claims.getExpirationTime().toInstant())) {
      return new Reading.Refused("service account token has expired");
    }
    if (claims.getNotBeforeTime() != null
        && now.plus(LEEWAY).isBefore(claims.getNotBeforeTime().toInstant())) {
      return new Reading.Refused("service account token is not valid yet");
    }
    List<String> matching = audiences.stream().filter(claims.getAudience()::contains).toList();
    if (matching.isEmpty()) {
      return new Reading.Refused(
          "token audiences "
              + quoted(claims.getAudience())
              + " is invalid for the target audiences "
              + quoted(audiences));
    }
    String namespace = String.valueOf(bound.get("namespace"));
    String account = text(bound.get("serviceaccount"), "name");
    String subject = ServiceAccountTokens.SUBJECT + namespace + ":" + account;
    if (!subject.equals(claims.getSubject()) || !allLive(bound, namespace, now)) {
      return new Reading.Refused("service account token has been invalidated");
    }
    return new Reading.Stands(
        new User(
            subject,
            text(bound.get("serviceaccount"), "uid"),
            List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace),
            extra(claims, bound)),
        matching);
  }

  private static String quoted(List<String> texts) {
    return texts.stream().collect(Collectors.joining("\" \"", "[\"", "\"]"));
  }

  private boolean allLive(Map<String, Object> bound, String namespace, Instant now) {
    return lives(IdentityObjects.Kind.SERVICE_ACCOUNT, namespace, bound.get("serviceaccount"), now)
        && (bound.get("pod") == null
            ? lives(IdentityObjects.Kind.NODE, "", bound.get("node"), now)
            : lives(IdentityObjects.Kind.POD, namespace, bound.get("pod"), now))
        && lives(IdentityObjects.Kind.SECRET, namespace, bound.get("secret"), now);
  }

  /// An absent binding lives for ever.
  private boolean lives(
      IdentityObjects.Kind kind, String namespace, @Nullable Object reference, Instant now) {
    if (reference == null) {
      return true;
    }
    Optional<Living> living = objects.find(kind, namespace, text(reference, "name"));
    if (living.isEmpty() || !living.get().uid().equals(text(reference, "uid"))) {
      return false;
    }
    Instant deleted = living.get().deleted();
    return deleted == null || !deleted.isBefore(now.minus(LEEWAY));
  }

  private static Map<String, List<String>> extra(JWTClaimsSet claims, Map<String, Object> bound) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    String prefix = "authentication.kubernetes.io/";
    if (claims.getJWTID() != null) {
      extra.put(CertificateUsers.CREDENTIAL_ID, List.of("JTI=" + claims.getJWTID()));
    }
    for (String kind : List.of("node", "pod")) {
      if (bound.get(kind) != null) {
        extra.put(prefix + kind + "-name", List.of(text(bound.get(kind), "name")));
        extra.put(prefix + kind + "-uid", List.of(text(bound.get(kind), "uid")));
      }
    }
    return extra;
  }

  private static String text(@Nullable Object object, String field) {
    return object instanceof Map<?, ?> fields && fields.get(field) instanceof String value
        ? value
        : "";
  }
}
