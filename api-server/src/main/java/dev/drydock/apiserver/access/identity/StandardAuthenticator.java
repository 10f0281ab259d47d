package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.access.AccessMessages;
import dev.drydock.apiserver.access.Authenticator;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.TokenChecker;
import dev.drydock.apiserver.access.identity.BearerTokens.Reading;
import dev.drydock.apiserver.request.User;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// First a front proxy's word, then the certificate, then the token by each kind of token, then
/// nobody. Who showed something that proves nothing is not nobody but refused.
public final class StandardAuthenticator implements Authenticator, TokenChecker {
  private final CertificateUsers names = new CertificateUsers();
  private final ClientCertificates certificates;
  private final @Nullable FrontProxy proxy;
  private final List<BearerTokens> tokens;
  private final List<String> audiences;
  private final Anonymous anonymous;

  /// Whether somebody unknown may ask (`--anonymous-auth`).
  public enum Anonymous {
    ALLOWED,
    REFUSED
  }

  /// @param authorities who signs clients; may change
  /// @param proxy null: none is believed
  public record Certificates(
      Supplier<List<X509Certificate>> authorities,
      @Nullable FrontProxy proxy,
      InstantSource clock) {}

  /// @param kinds in the order in which they are tried
  /// @param audiences what the api-server calls itself
  public record Tokens(List<BearerTokens> kinds, List<String> audiences) {
    public Tokens {
      kinds = List.copyOf(kinds);
      audiences = List.copyOf(audiences);
    }
  }

  public StandardAuthenticator(Certificates certificates, Tokens tokens, Anonymous anonymous) {
    this.certificates = new ClientCertificates(certificates.authorities(), certificates.clock());
    this.proxy = certificates.proxy();
    this.tokens = tokens.kinds();
    this.audiences = tokens.audiences();
    this.anonymous = anonymous;
  }

  @Override
  public User authenticate(Credentials credentials) {
    X509Certificate certificate = credentials.certificate();
    boolean suspect = false;
    if (certificate != null) {
      Optional<User> named = proxy == null ? Optional.empty() : proxy.user(credentials);
      if (named.isEmpty() && certificates.isGood(certificate)) {
        named = names.userOf(certificate);
      } else if (named.isEmpty()) {
        suspect = true;
      }
      if (named.isPresent()) {
        return authenticated(named.get());
      }
    }
    if (!credentials.bearerToken().isEmpty()) {
      return switch (check(credentials.bearerToken(), audiences)) {
        case Finding.Valid valid -> valid.user();
        case Finding.Invalid _ -> throw AccessMessages.unauthorized();
      };
    }
    if (suspect) {
      throw AccessMessages.unauthorized();
    }
    return switch (anonymous) {
      case ALLOWED -> User.ANONYMOUS;
      case REFUSED -> throw AccessMessages.unauthorized();
    };
  }

  @Override
  public Finding check(String token, List<String> asked) {
    List<String> wanted = asked.isEmpty() ? audiences : asked;
    List<String> reasons = new ArrayList<>();
    reasons.add("invalid bearer token");
    for (BearerTokens kind : tokens) {
      switch (kind.read(token, wanted)) {
        case Reading.Stands stands -> {
          return new Finding.Valid(authenticated(stands.user()), stands.audiences());
        }
        case Reading.Refused refused -> reasons.add(refused.reason());
        case Reading.Foreign _ -> {}
      }
    }
    return new Finding.Invalid("[" + String.join(", ", reasons) + "]");
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
