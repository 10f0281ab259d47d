package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.pki.PemBlock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The certificates by which the server of a webhook is known.
final class CaBundle {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String UNUSABLE = "unable to load root certificates: ";

  private CaBundle() {}

  /// Why a bundle holds no certificate at all; empty: it does.
  ///
  /// @param base64 of PEM
  static Optional<String> problem(String base64) {
    String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    List<PemBlock> blocks = PemBlock.all(pem);
    if (blocks.isEmpty()) {
      return Optional.of(UNUSABLE + "unable to parse bytes as PEM block");
    }
    List<PemBlock> certificates =
        blocks.stream().filter(block -> block.label().equals(CERTIFICATE)).toList();
    if (certificates.isEmpty()) {
      return Optional.of(UNUSABLE + "no valid certificate authority data seen");
    }
    return certificates.stream().anyMatch(CaBundle::isReadable)
        ? Optional.empty()
        : Optional.of(UNUSABLE + "failed to parse certificate: x509: malformed certificate");
  }

  private static boolean isReadable(PemBlock block) {
    try {
      var _ =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content()));
      return true;
    } catch (CertificateException _) {
      return false;
    }
  }
}
