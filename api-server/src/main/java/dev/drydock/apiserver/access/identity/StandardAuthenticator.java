package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.access.AccessMessages;
import dev.drydock.apiserver.access.Authenticator;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.request.User;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// First the certificate, then the token by each kind of token, then nobody.
public final class StandardAuthenticator implements Authenticator {
  private final CertificateUsers certificates = new CertificateUsers();
  private final List<BearerTokens> tokens;
  private final Anonymous anonymous;

  /// @param tokens in the order in which they are tried
  public StandardAuthenticator(List<BearerTokens> tokens, Anonymous anonymous) {
    this.tokens = List.copyOf(tokens);
    this.anonymous = anonymous;
  }

  /// Whether somebody unknown may ask (`--anonymous-auth`).
  public enum Anonymous {
    ALLOWED,
    REFUSED
  }

  @Override
  public User authenticate(Credentials credentials) {
    X509Certificate certificate = credentials.certificate();
    if (certificate != null) {
      Optional<User> user = certificates.userOf(certificate);
      if (user.isPresent()) {
        return authenticated(user.get());
      }
    }
    if (!credentials.bearerToken().isEmpty()) {
      for (BearerTokens kind : tokens) {
        Optional<User> user = kind.user(credentials.bearerToken());
        if (user.isPresent()) {
          return authenticated(user.get());
        }
      }
      throw AccessMessages.unauthorized();
    }
    return switch (anonymous) {
      case ALLOWED -> User.ANONYMOUS;
      case REFUSED -> throw AccessMessages.unauthorized();
    };
  }

  private static User authenticated(User user) {
    if (user.groups().contains(User.AUTHENTICATED)) {
      return user;
    }
    List<String> groups = new ArrayList<>(user.groups());
    groups.add(User.AUTHENTICATED);
    return new User(user.name(), user.uid(), groups, user.extra());
  }
}
