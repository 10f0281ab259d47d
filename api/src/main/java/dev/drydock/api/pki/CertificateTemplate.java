package dev.drydock.api.pki;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// What goes into a certificate that a request asks for.
///
/// @param serial positive
/// @param keyUsages the bits of RFC 5280, 0 to 8
/// @param purposes object identifiers of extended key usages
public record CertificateTemplate(
    CertificateRequest request,
    BigInteger serial,
    Instant notBefore,
    Instant notAfter,
    List<Integer> keyUsages,
    List<String> purposes) {
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Instant CENTURY = Instant.parse("2050-01-01T00:00:00Z");
  private static final byte[] TRUE = {(byte) 0xff};

  public CertificateTemplate {
    keyUsages = List.copyOf(keyUsages);
    purposes = List.copyOf(purposes);
  }

  /// The certificate, in PEM.
  ///
  /// @throws GeneralSecurityException when the authority's key can't sign
  public String sign(X509Certificate authority, PrivateKey key) throws GeneralSecurityException {
    boolean elliptic = key.getAlgorithm().equals("EC");
    byte[] algorithm =
        elliptic
            ? Der.element(Der.SEQUENCE, Der.objectId("1.2.840.10045.4.3.2"))
            : Der.element(
                Der.SEQUENCE, Der.objectId("1.2.840.113549.1.1.11"), new byte[] {0x05, 0x00});
    byte[] content =
        Der.element(
            Der.SEQUENCE,
            Der.element(0xa0, Der.element(Der.INTEGER, new byte[] {2})),
            Der.element(Der.INTEGER, serial.toByteArray()),
            algorithm,
            authority.getSubjectX500Principal().getEncoded(),
            Der.element(Der.SEQUENCE, time(notBefore), time(notAfter)),
            request.subject(),
            request.publicKey(),
            Der.element(0xa3, Der.element(Der.SEQUENCE, extensions(authority))));
    Signature signer = Signature.getInstance(elliptic ? "SHA256withECDSA" : "SHA256withRSA");
    signer.initSign(key);
    signer.update(content);
    byte[] certificate = Der.element(Der.SEQUENCE, content, algorithm, Der.bits(signer.sign()));
    return new PemBlock("CERTIFICATE", certificate).text();
  }

  private static byte[] time(Instant time) {
    return time.isBefore(CENTURY)
        ? Der.element(Der.UTC_TIME, SHORT.format(time).getBytes(StandardCharsets.US_ASCII))
        : Der.element(Der.GENERALIZED_TIME, LONG.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private byte[][] extensions(X509Certificate authority) throws GeneralSecurityException {
    List<byte[]> all = new ArrayList<>();
    if (!keyUsages.isEmpty()) {
      all.add(critical("2.5.29.15", usageBits()));
    }
    if (!purposes.isEmpty()) {
      byte[][] ids = purposes.stream().map(Der::objectId).toArray(byte[][]::new);
      all.add(extension("2.5.29.37", Der.element(Der.SEQUENCE, ids)));
    }
    all.add(critical("2.5.29.19", Der.element(Der.SEQUENCE)));
    byte[] issuer = authorityKey(authority);
    all.add(extension("2.5.29.35", Der.element(Der.SEQUENCE, Der.element(0x80, issuer))));
    if (request.alternativeNames().length > 0) {
      all.add(extension(CertificateRequest.ALTERNATIVE_NAMES, request.alternativeNames()));
    }
    return all.toArray(byte[][]::new);
  }

  /// What the authority's certificate calls its key, or else its hash.
  private static byte[] authorityKey(X509Certificate authority) throws GeneralSecurityException {
    byte[] named = authority.getExtensionValue("2.5.29.14");
    if (named != null) {
      return Der.parse(Der.parse(named).content()).content();
    }
    return MessageDigest.getInstance("SHA-1").digest(authority.getPublicKey().getEncoded());
  }

  private byte[] usageBits() {
    int bits = 0;
    int highest = 0;
    for (int usage : keyUsages) {
      bits |= 0x8000 >> usage;
      highest = Math.max(highest, usage);
    }
    int bytes = highest / 8 + 1;
    byte[] content = new byte[bytes + 1];
    content[0] = (byte) (bytes * 8 - 1 - highest);
    content[1] = (byte) (bits >> 8);
    if (bytes > 1) {
      content[2] = (byte) bits;
    }
    return Der.element(Der.BIT_STRING, content);
  }

  private static byte[] extension(String id, byte[] value) {
    return Der.element(Der.SEQUENCE, Der.objectId(id), Der.element(Der.OCTET_STRING, value));
  }

  private static byte[] critical(String id, byte[] value) {
    return Der.element(
        Der.SEQUENCE,
        Der.objectId(id),
        Der.element(Der.BOOLEAN, TRUE),
        Der.element(Der.OCTET_STRING, value));
  }
}
