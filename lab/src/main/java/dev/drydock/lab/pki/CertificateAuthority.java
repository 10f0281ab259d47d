package dev.drydock.lab.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Signs certificates. Their keys are on the curve P-256, made in a millisecond, except a person's.
///
/// An authority's own key is on P-384: the JDK fills a table before it verifies its first signature
/// on P-256, which took every process of a lab a tenth of a second of its start.
public final class CertificateAuthority {
  private static final String OWN_CURVE = "secp384r1";
  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA384withECDSA";
  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
  private static final Duration LEAF_LIFETIME = Duration.ofDays(365);

  /// Clocks of containers and hosts may differ a little.
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final KeyAndCertificate self;
  private final InstantSource clock;
  private final SecureRandom random;

  private CertificateAuthority(KeyAndCertificate self, InstantSource clock, SecureRandom random) {
    this.self = self;
    this.clock = clock;
    this.random = random;
  }

  /// Reads the authority from `NAME.crt` and `NAME.key` in the folder, or makes and writes it.
  static CertificateAuthority loadOrCreate(
      Path folder, String name, String commonName, InstantSource clock, SecureRandom random)
      throws IOException, GeneralSecurityException {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    if (Files.exists(certificate) && Files.exists(key)) {
      var self = new KeyAndCertificate(Pem.ecKey(key), Pem.certificate(certificate));
      return new CertificateAuthority(self, clock, random);
    }
    KeyAndCertificate self = selfSigned(commonName, clock.instant(), random);
    Pem.writeSecret(key, Pem.of(self.key()));
    Files.writeString(certificate, Pem.of(self.certificate()));
    return new CertificateAuthority(self, clock, random);
  }

  X509Certificate certificate() {
    return self.certificate();
  }

  /// An identity for client use and, when the subject has hosts, for serving too.
  KeyAndCertificate issue(Subject subject) throws GeneralSecurityException {
    return issue(subject, newKeys(random));
  }

  /// An identity for programs of all kinds: some read no keys but RSA's (fabric8's client without
  /// Bouncy Castle). Takes a second or two.
  KeyAndCertificate issueWithRsa(Subject subject) throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048, random);
    return issue(subject, keys.generateKeyPair());
  }

  private KeyAndCertificate issue(Subject subject, KeyPair keys) throws GeneralSecurityException {
    try {
      Instant now = clock.instant();
      X509v3CertificateBuilder builder =
          builder(
              new X500Name(self.certificate().getSubjectX500Principal().getName()),
              name(subject),
              keys.getPublic(),
              now,
              LEAF_LIFETIME,
              random);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
      builder.addExtension(Extension.extendedKeyUsage, false, purposes(subject));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(self.certificate()));
      if (!subject.hosts().isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(subject));
      }
      return new KeyAndCertificate(keys.getPrivate(), sign(builder, self));
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("can't sign a certificate for " + subject.name(), e);
    }
  }

  private static ExtendedKeyUsage purposes(Subject subject) {
    return subject.hosts().isEmpty()
        ? new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)
        : new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth});
  }

  private static GeneralNames alternativeNames(Subject subject) {
    var names = new ArrayList<GeneralName>();
    for (String host : subject.hosts()) {
      int tag = IP_ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName;
      names.add(new GeneralName(tag, host));
    }
    return new GeneralNames(names.toArray(new GeneralName[0]));
  }

  private static KeyAndCertificate selfSigned(String commonName, Instant now, SecureRandom random)
      throws GeneralSecurityException {
    KeyPair keys = newKeys(OWN_CURVE, random);
    try {
      X500Name name = name(Subject.client(commonName));
      X509v3CertificateBuilder builder =
          builder(name, name, keys.getPublic(), now, AUTHORITY_LIFETIME, random);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      var unsigned = new KeyAndCertificate(keys.getPrivate(), sign(builder, keys));
      return unsigned;
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("can't make the authority " + commonName, e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      Instant now,
      Duration lifetime,
      SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(63, random).add(BigInteger.ONE),
        Date.from(now.minus(BACKDATING)),
        Date.from(now.plus(lifetime)),
        subject,
        key);
  }

  private static X500Name name(Subject subject) {
    var builder = new X500NameBuilder(BCStyle.INSTANCE);
    for (String group : subject.groups()) {
      builder.addRDN(BCStyle.O, group);
    }
    return builder.addRDN(BCStyle.CN, subject.name()).build();
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyAndCertificate issuer)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuer.key())));
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair issuer)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuer.getPrivate())));
  }

  /// Keys as those of a certificate.
  static KeyPair newKeys(SecureRandom random) throws GeneralSecurityException {
    return newKeys(CURVE, random);
  }

  private static KeyPair newKeys(String curve, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve), random);
    return generator.generateKeyPair();
  }
}
