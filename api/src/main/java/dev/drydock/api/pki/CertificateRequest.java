package dev.drydock.api.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// A request for a certificate (PKCS#10).
///
/// @param subject encoded, as it goes into the certificate
/// @param publicKey encoded with its algorithm
/// @param alternativeNames encoded, as they go into the certificate; empty: none
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CertificateRequest(
    byte[] subject, byte[] publicKey, byte[] alternativeNames, Names names, Signed signed) {
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
  static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final int ATTRIBUTES = 0xa0;
  private static final int EMAIL = 0x81;
  private static final int DNS = 0x82;
  private static final int URI = 0x86;
  private static final int ADDRESS = 0x87;

  /// Who it is for.
  ///
  /// @param commonName empty: none
  public record Names(
      String commonName,
      List<String> organizations,
      List<String> dnsNames,
      List<String> emails,
      List<String> uris,
      int addresses) {
    public Names {
      organizations = List.copyOf(organizations);
      dnsNames = List.copyOf(dnsNames);
      emails = List.copyOf(emails);
      uris = List.copyOf(uris);
    }
  }

  /// What was signed, and how.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Signed(byte[] content, String algorithm, byte[] signature) {}

  /// @param pem a block `CERTIFICATE REQUEST`
  /// @throws IllegalArgumentException when it is something else, or malformed
  public static CertificateRequest parse(String pem) {
    PemBlock block;
    try {
      block = PemBlock.first(pem);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException("PEM block type must be CERTIFICATE REQUEST", none);
    }
    if (!block.label().equals("CERTIFICATE REQUEST")) {
      throw new IllegalArgumentException("PEM block type must be CERTIFICATE REQUEST");
    }
    Der request = Der.parse(block.content()).expect(Der.SEQUENCE);
    Der info = request.child(0).expect(Der.SEQUENCE);
    byte[] subject = info.child(1).expect(Der.SEQUENCE).whole();
    byte[] alternative = alternativeNames(info);
    byte[] signature = request.child(2).expect(Der.BIT_STRING).content();
    return new CertificateRequest(
        subject,
        info.child(2).expect(Der.SEQUENCE).whole(),
        alternative,
        names(subject, alternative),
        new Signed(
            info.whole(),
            Der.objectId(request.child(1).child(0).expect(Der.OBJECT_ID).content()),
            java.util.Arrays.copyOfRange(
                signature, Math.min(1, signature.length), signature.length)));
  }

  private static byte[] alternativeNames(Der info) {
    for (Der part : info.children()) {
      if (part.tag() != ATTRIBUTES) {
        continue;
      }
      for (Der attribute : part.children()) {
        if (Der.objectId(attribute.child(0).content()).equals(EXTENSION_REQUEST)) {
          for (Der extension : attribute.child(1).child(0).children()) {
            if (Der.objectId(extension.child(0).content()).equals(ALTERNATIVE_NAMES)) {
              return extension.children().getLast().expect(Der.OCTET_STRING).content();
            }
          }
        }
      }
    }
    return new byte[0];
  }

  private static Names names(byte[] subject, byte[] alternative) {
    String commonName = "";
    List<String> organizations = new ArrayList<>();
    try {
      var name = new LdapName(new X500Principal(subject).getName(X500Principal.RFC2253));
      for (Rdn part : name.getRdns().reversed()) {
        for (var all = part.toAttributes().getAll(); all.hasMoreElements(); ) {
          var attribute = all.nextElement();
          if (attribute.getID().equalsIgnoreCase("CN")) {
            commonName = String.valueOf(attribute.get());
          } else if (attribute.getID().equalsIgnoreCase("O")) {
            organizations.add(String.valueOf(attribute.get()));
          }
        }
      }
    } catch (InvalidNameException e) {
      throw new IllegalArgumentException("malformed subject", e);
    } catch (NamingException e) {
      throw new IllegalArgumentException("malformed subject", e);
    }
    List<String> dns = new ArrayList<>();
    List<String> emails = new ArrayList<>();
    List<String> uris = new ArrayList<>();
    int addresses = 0;
    List<Der> general = alternative.length == 0 ? List.of() : Der.parse(alternative).children();
    for (Der one : general) {
      String text = new String(one.content(), StandardCharsets.US_ASCII);
      switch (one.tag()) {
        case EMAIL -> emails.add(text);
        case DNS -> dns.add(text);
        case URI -> uris.add(text);
        case ADDRESS -> addresses++;
        default -> {}
      }
    }
    return new Names(commonName, organizations, dns, emails, uris, addresses);
  }

  /// Whether who asks has the key that is to be certified.
  public boolean isSignedByItsKey() {
    try {
      Signature verifier = Signature.getInstance(signed.algorithm());
      verifier.initVerify(key());
      verifier.update(signed.content());
      return verifier.verify(signed.signature());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private PublicKey key() throws GeneralSecurityException {
    String algorithm =
        Der.objectId(Der.parse(publicKey).child(0).child(0).expect(Der.OBJECT_ID).content());
    String name =
        switch (algorithm) {
          case "1.2.840.113549.1.1.1" -> "RSA";
          case "1.2.840.10045.2.1" -> "EC";
          default -> algorithm;
        };
    return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(publicKey));
  }
}
