package dev.drydock.client.rpc;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and keys from PEM text.
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemText() {}

  /// @throws IllegalArgumentException when there is none, or a broken one
  static List<X509Certificate> certificates(String pem) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      Matcher block = BLOCK.matcher(pem);
      while (block.find()) {
        if (block.group(1).equals("CERTIFICATE")) {
          var der = new ByteArrayInputStream(Base64.getMimeDecoder().decode(block.group(2)));
          found.add((X509Certificate) factory.generateCertificate(der));
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw new IllegalArgumentException("broken certificate: " + broken.getMessage(), broken);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("expected PEM with certificates");
    }
    return found;
  }

  /// The first private key, which must be in PKCS#8.
  ///
  /// @throws IllegalArgumentException when there is none, or one that cannot be used
  static PrivateKey privateKey(String pem) {
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      if (block.group(1).equals("PRIVATE KEY")) {
        return key(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(2))));
      }
    }
    throw new IllegalArgumentException(
        "expected PEM with a private key in PKCS#8 (BEGIN PRIVATE KEY)");
  }

  private static PrivateKey key(PKCS8EncodedKeySpec encoded) {
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException _) {
        // The next algorithm.
      }
    }
    throw new IllegalArgumentException("expected an EC or RSA key");
  }
}
