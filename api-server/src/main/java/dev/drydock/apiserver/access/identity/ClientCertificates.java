package dev.drydock.apiserver.access.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether client certificates are to be believed: signed by one of the authorities, valid now,
/// and meant for clients. Remembers the good ones until they expire, since every request of a
/// connection shows the same certificate.
final class ClientCertificates {
  private static final int REMEMBERED = 1000;
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private final Set<TrustAnchor> anchors;
  private final InstantSource clock;
  private final Map<X509Certificate, Instant> goodUntil = new ConcurrentHashMap<>();

  ClientCertificates(List<X509Certificate> authorities, InstantSource clock) {
    this.anchors =
        authorities.stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toUnmodifiableSet());
    this.clock = clock;
  }

  boolean isGood(X509Certificate certificate) {
    Instant now = clock.instant();
    @Nullable Instant known = goodUntil.get(certificate);
    if (known != null) {
      return now.isBefore(known);
    }
    if (!isVerified(certificate, now)) {
      return false;
    }
    if (goodUntil.size() >= REMEMBERED) {
      goodUntil.clear();
    }
    goodUntil.put(certificate, certificate.getNotAfter().toInstant());
    return true;
  }

  private boolean isVerified(X509Certificate certificate, Instant now) {
    if (anchors.isEmpty() || !isForClients(certificate)) {
      return false;
    }
    try {
      var parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
              parameters);
      return true;
    } catch (GeneralSecurityException invalid) {
      return false;
    }
  }

  private static boolean isForClients(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes == null || purposes.contains(CLIENT_AUTH) || purposes.contains(ANY_PURPOSE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }
}
