package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.request.User;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// The user a client certificate names: common name and organisations of its subject. Remembers
/// what it found, since every request of a connection shows the same certificate.
final class CertificateUsers {
  private static final int REMEMBERED = 1000;
  static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

  private final Map<X509Certificate, Optional<User>> known = new ConcurrentHashMap<>();

  /// Empty when the certificate names nobody.
  Optional<User> userOf(X509Certificate certificate) {
    Optional<User> user = known.get(certificate);
    if (user == null) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      user = read(certificate);
      known.put(certificate, user);
    }
    return user;
  }

  private static Optional<User> read(X509Certificate certificate) {
    String name = "";
    List<String> groups = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        for (var values = part.toAttributes().getAll(); values.hasMoreElements(); ) {
          var attribute = values.nextElement();
          if (attribute.getID().equalsIgnoreCase("CN")) {
            name = String.valueOf(attribute.get());
          } else if (attribute.getID().equalsIgnoreCase("O")) {
            groups.add(String.valueOf(attribute.get()));
          }
        }
      }
    } catch (javax.naming.NamingException e) {
      return Optional.empty();
    }
    groups.add(User.AUTHENTICATED);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new User(name, "", groups, Map.of(CREDENTIAL_ID, List.of(fingerprint(certificate)))));
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return "X509SHA256=" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
