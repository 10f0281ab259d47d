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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether client certificates are to be believed: signed by one of the authorities, valid now,
/// and meant for clients. Remembers the good ones until they expire or the authorities change,
/// since every request of a connection shows the same certificate.
final class ClientCertificates {
  private static final int REMEMBERED = 1000;
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private final Supplier<List<X509Certificate>> authorities;
  private final InstantSource clock;
  private volatile Trusted trusted;

  /// @param goodUntil what was found out about certificates
  private record Trusted(
      List<X509Certificate> authorities,
      Set<TrustAnchor> anchors,
      Map<X509Certificate, Instant> goodUntil) {
    static Trusted of(List<X509Certificate> authorities) {
      return new Trusted(
          authorities,
          authorities.stream()
              .map(authority -> new TrustAnchor(authority, null))
              .collect(Collectors.toUnmodifiableSet()),
          new ConcurrentHashMap<>());
    }
  }

  /// @param authorities may change
  ClientCertificates(Supplier<List<X509Certificate>> authorities, InstantSource clock) {
    this.authorities = authorities;
    this.clock = clock;
    this.trusted = Trusted.of(authorities.get());
  }

  boolean isGood(X509Certificate certificate) {
    Trusted by = trusted();
    Map<X509Certificate, Instant> goodUntil = by.goodUntil();
    Instant now = clock.instant();
    @Nullable Instant known = goodUntil.get(certificate);
    if (known != null) {
      return now.isBefore(known);
    }
    if (!isVerified(certificate, by.anchors(), now)) {
      return false;
    }
    if (goodUntil.size() >= REMEMBERED) {
      goodUntil.clear();
    }
    goodUntil.put(certificate, certificate.getNotAfter().toInstant());
    return true;
  }

  private Trusted trusted() {
    Trusted known = trusted;
    List<X509Certificate> now = authorities.get();
    if (!known.authorities().equals(now)) {
      known = Trusted.of(now);
      trusted = known;
    }
    return known;
  }

  private static boolean isVerified(
      X509Certificate certificate, Set<TrustAnchor> anchors, Instant now) {
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
