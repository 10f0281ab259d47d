package dev.drydock.controllers.certificates;

import dev.drydock.api.pki.CertificateTemplate;
import dev.drydock.api.pki.PemBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Signs certificates with the cluster's key.
///
/// @param longest `--cluster-signing-duration`
public record SigningAuthority(
    X509Certificate certificate, PrivateKey key, Duration longest, RandomGenerator random) {
  /// Clocks differ a little.
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private static final Duration SHORTEST = Duration.ofMinutes(10);

  /// @throws IOException when a file can't be read
  /// @throws GeneralSecurityException when it holds something else
  public static SigningAuthority load(
      Path certificate, Path key, Duration longest, RandomGenerator random)
      throws IOException, GeneralSecurityException {
    byte[] encoded = PemBlock.first(Files.readString(certificate)).content();
    return new SigningAuthority(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded)),
        privateKey(key),
        longest,
        random);
  }

  /// A key in PKCS#8.
  ///
  /// @throws IOException when the file can't be read
  /// @throws GeneralSecurityException when it holds something else
  public static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    var spec = new PKCS8EncodedKeySpec(PemBlock.first(Files.readString(file)).content());
    try {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (GeneralSecurityException noElliptic) {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }
  }

  /// The certificate in PEM.
  ///
  /// @throws IllegalArgumentException when the request is malformed
  String sign(SigningRequest request, Instant now) throws GeneralSecurityException {
    Integer seconds = request.object().getSpec().getExpirationSeconds();
    Duration lifetime = seconds == null ? longest : Duration.ofSeconds(seconds);
    if (lifetime.compareTo(SHORTEST) < 0) {
      lifetime = SHORTEST;
    } else if (lifetime.compareTo(longest) > 0) {
      lifetime = longest;
    }
    Instant end = now.plus(lifetime);
    Instant ours = certificate.getNotAfter().toInstant();
    byte[] serial = new byte[16];
    random.nextBytes(serial);
    return new CertificateTemplate(
            request.request(),
            new BigInteger(1, serial).add(BigInteger.ONE),
            now.minus(BACKDATING),
            end.isBefore(ours) ? end : ours,
            StandardSigners.keyUsages(request.usages()),
            StandardSigners.purposes(request.usages()))
        .sign(certificate, key);
  }
}
