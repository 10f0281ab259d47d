package dev.drydock.apiserver.access.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;

/// The keys of service account tokens: one to sign with, some to verify with. RSA keys sign with
/// RS256, elliptic ones with ES256. A key's id is the hash of its public half, as in Kubernetes.
public final class TokenKeys {
  private final JWSSigner signer;
  private final JWSAlgorithm algorithm;
  private final String signingKeyId;
  private final List<JWK> verifying;

  private TokenKeys(
      JWSSigner signer, JWSAlgorithm algorithm, String signingKeyId, List<JWK> verifying) {
    this.signer = signer;
    this.algorithm = algorithm;
    this.signingKeyId = signingKeyId;
    this.verifying = List.copyOf(verifying);
  }

  /// @param signing `--service-account-signing-key-file`
  /// @param verifying each `--service-account-key-file`; the first is the signing key's other
  ///     half
  /// @throws IllegalArgumentException when a file holds no key of a kind that can be used
  public static TokenKeys read(Path signing, List<Path> verifying) throws IOException {
    List<PublicKey> publicKeys = new ArrayList<>();
    for (Path file : verifying) {
      publicKeys.addAll(PemKeys.publicKeys(file));
    }
    return of(PemKeys.privateKey(signing), publicKeys);
  }

  /// @param publicKeys the first belongs to the private key
  static TokenKeys of(PrivateKey privateKey, List<PublicKey> publicKeys) {
    if (publicKeys.isEmpty()) {
      throw new IllegalArgumentException("no key to verify service account tokens with");
    }
    try {
      String id = keyId(publicKeys.getFirst());
      List<JWK> known = publicKeys.stream().map(TokenKeys::published).toList();
      return privateKey instanceof ECPrivateKey elliptic
          ? new TokenKeys(new ECDSASigner(elliptic), JWSAlgorithm.ES256, id, known)
          : new TokenKeys(new RSASSASigner(privateKey), JWSAlgorithm.RS256, id, known);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the signing key can't be used: " + e.getMessage(), e);
    }
  }

  private static JWK published(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          new RSAKey.Builder(rsa)
              .keyID(keyId(rsa))
              .algorithm(JWSAlgorithm.RS256)
              .keyUse(KeyUse.SIGNATURE)
              .build();
      case ECPublicKey elliptic ->
          new ECKey.Builder(Curve.forECParameterSpec(elliptic.getParams()), elliptic)
              .keyID(keyId(elliptic))
              .algorithm(JWSAlgorithm.ES256)
              .keyUse(KeyUse.SIGNATURE)
              .build();
      default -> throw new IllegalArgumentException("neither RSA nor EC: " + key.getAlgorithm());
    };
  }

  private static String keyId(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Base64URL.encode(digest).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  JWSSigner signer() {
    return signer;
  }

  JWSAlgorithm algorithm() {
    return algorithm;
  }

  String signingKeyId() {
    return signingKeyId;
  }

  /// The public halves.
  List<JWK> published() {
    return verifying;
  }

  /// Those that could have made a signature with this key id (empty: unknown).
  List<JWSVerifier> verifiers(String keyId) throws JOSEException {
    List<JWSVerifier> verifiers = new ArrayList<>();
    for (JWK key : verifying) {
      if (keyId.isEmpty() || keyId.equals(key.getKeyID())) {
        verifiers.add(
            key instanceof ECKey elliptic
                ? new ECDSAVerifier(elliptic)
                : new RSASSAVerifier(key.toRSAKey()));
      }
    }
    return verifiers;
  }
}
