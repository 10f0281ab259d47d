package dev.drydock.apiserver.access.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.drydock.apiserver.access.identity.BearerTokens.Reading;
import dev.drydock.apiserver.access.identity.IdentityObjects.Kind;
import dev.drydock.apiserver.access.identity.IdentityObjects.Living;
import dev.drydock.apiserver.request.User;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tokens without an end that stand in a Secret of type `kubernetes.io/service-account-token`:
/// good as long as the Secret holds them and the account lives.
record LegacyAccountTokens(IdentityObjects objects, SecretReader secrets) {
  static final String ISSUER = "kubernetes/serviceaccount";

  /// @param claims of a signature that is right
  Reading read(String token, JWTClaimsSet claims, List<String> audiences) throws ParseException {
    String prefix = ISSUER + "/";
    String namespace = text(claims, prefix + "namespace");
    String account = text(claims, prefix + "service-account.name");
    String uid = text(claims, prefix + "service-account.uid");
    String secret = text(claims, prefix + "secret.name");
    String subject = ServiceAccountTokens.SUBJECT + namespace + ":" + account;
    if (!subject.equals(claims.getSubject())) {
      return new Reading.Refused("sub claim is invalid");
    }
    Optional<SecretReader.Content> kept = secrets.secret(namespace, secret);
    if (kept.isEmpty() || !token.equals(kept.get().data().get("token"))) {
      return new Reading.Refused("service account token has been invalidated");
    }
    Optional<Living> living = objects.find(Kind.SERVICE_ACCOUNT, namespace, account);
    if (living.isEmpty() || living.get().deleted() != null || !living.get().uid().equals(uid)) {
      return new Reading.Refused("service account token has been invalidated");
    }
    return new Reading.Stands(
        new User(
            subject,
            uid,
            List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace),
            Map.of()),
        audiences);
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException {
    String text = claims.getStringClaim(name);
    return text == null ? "" : text;
  }
}
