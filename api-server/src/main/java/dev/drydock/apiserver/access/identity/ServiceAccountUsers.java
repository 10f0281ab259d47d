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
import org.jspecify.annotations.Nullable;

/// Recognises tokens of service accounts: signature, issuer, audience, time, and that the
/// account and whatever the token is bound to still live.
public final class ServiceAccountUsers implements BearerTokens {
  private static final int REMEMBERED = 2000;
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final TokenKeys keys;
  private final TokenSettings settings;
  private final IdentityObjects objects;
  private final InstantSource clock;

  /// Tokens whose signature has been found right; that never changes.
  private final Map<String, JWTClaimsSet> verified = new ConcurrentHashMap<>();

  public ServiceAccountUsers(
      TokenKeys keys, TokenSettings settings, IdentityObjects objects, InstantSource clock) {
    this.keys = keys;
    this.settings = settings;
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Optional<User> user(String token) {
    return user(token, settings.audiences());
  }

  /// Whom the token stands for, if it was made for one of these audiences.
  public Optional<User> user(String token, List<String> audiences) {
    try {
      JWTClaimsSet claims = verified.get(token);
      if (claims == null) {
        claims = verify(token);
      }
      return claims == null ? Optional.empty() : user(claims, audiences);
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
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

  private Optional<User> user(JWTClaimsSet claims, List<String> audiences) throws ParseException {
    Instant now = clock.instant();
    boolean inTime =
        claims.getExpirationTime() != null
            && now.isBefore(claims.getExpirationTime().toInstant())
            && (claims.getNotBeforeTime() == null
                || !now.plus(LEEWAY).isBefore(claims.getNotBeforeTime().toInstant()));
    boolean forUs =
        settings.issuers().contains(claims.getIssuer())
            && claims.getAudience().stream().anyMatch(audiences::contains);
    Map<String, Object> bound = claims.getJSONObjectClaim(ServiceAccountTokens.PRIVATE_CLAIM);
    if (!inTime || !forUs || bound == null) {
      return Optional.empty();
    }
    String namespace = String.valueOf(bound.get("namespace"));
    String account = text(bound.get("serviceaccount"), "name");
    String subject = ServiceAccountTokens.SUBJECT + namespace + ":" + account;
    if (!subject.equals(claims.getSubject()) || !allLive(bound, namespace, now)) {
      return Optional.empty();
    }
    return Optional.of(
        new User(
            subject,
            text(bound.get("serviceaccount"), "uid"),
            List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace),
            extra(claims, bound)));
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
