package dev.drydock.controllers.serviceaccount;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/// Makes tokens that live as long as their Secret.
///
/// @param key `--service-account-private-key-file`
public record AccountTokenSigner(PrivateKey key) {
  private static final String ISSUER = "kubernetes/serviceaccount";

  /// Names are of letters, digits, dots and dashes, so nothing in it needs escaping.
  String token(ServiceAccount account, Secret secret) {
    boolean elliptic = key.getAlgorithm().equals("EC");
    String header = "{\"alg\":\"" + (elliptic ? "ES256" : "RS256") + "\"}";
    String namespace = account.getMetadata().getNamespace();
    String name = account.getMetadata().getName();
    String claims =
        "{\"iss\":\""
            + ISSUER
            + claim("namespace", namespace)
            + claim("secret.name", secret.getMetadata().getName())
            + claim("service-account.name", name)
            + claim("service-account.uid", account.getMetadata().getUid())
            + "\",\"sub\":\"system:serviceaccount:"
            + namespace
            + ":"
            + name
            + "\"}";
    String content =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Signature signer =
          Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signer.initSign(key);
      signer.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of service accounts can't sign", e);
    }
  }

  private static String claim(String name, String value) {
    return "\",\"" + ISSUER + "/" + name + "\":\"" + value;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
