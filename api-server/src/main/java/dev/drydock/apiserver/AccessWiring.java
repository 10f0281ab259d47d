package dev.drydock.apiserver;

import dev.drydock.apiserver.access.AccessMessages;
import dev.drydock.apiserver.access.Authenticator;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.lifecycle.ComponentGroup;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Chooses identity and authority by the settings.
final class AccessWiring {
  private AccessWiring() {}

  static AccessControl of(
      ApiServerSettings settings, ObjectReader<StoredObject> reader, Surroundings around) {
    Authenticator authenticator =
        credentials -> {
          X509Certificate certificate = credentials.certificate();
          if (certificate != null) {
            return user(certificate);
          }
          if (!credentials.bearerToken().isEmpty()) {
            throw AccessMessages.unauthorized();
          }
          return User.ANONYMOUS;
        };
    Authorizer authorizer =
        wanted ->
            wanted.user().groups().contains(User.AUTHENTICATED)
                ? new Authorizer.Verdict.Allow("")
                : new Authorizer.Verdict.NoOpinion("");
    TokenIssuer issuer =
        new TokenIssuer() {
          @Override
          public IssuedToken issue(TokenOrder order) {
            throw AccessMessages.unauthorized();
          }

          @Override
          public List<String> defaultAudiences() {
            return List.of();
          }

          @Override
          public String publicKeys() {
            return "{\"keys\":[]}";
          }

          @Override
          public String discovery() {
            return "{}";
          }
        };
    return new AccessControl(authenticator, authorizer, issuer, ComponentGroup.of(), () -> true);
  }

  private static User user(X509Certificate certificate) {
    String name = "";
    List<String> groups = new ArrayList<>(List.of(User.AUTHENTICATED));
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equals("CN")) {
          name = String.valueOf(rdn.getValue());
        } else if (rdn.getType().equals("O")) {
          groups.add(String.valueOf(rdn.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      throw AccessMessages.unauthorized();
    }
    return User.of(name, groups);
  }
}
