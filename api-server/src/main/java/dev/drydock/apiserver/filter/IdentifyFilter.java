package dev.drydock.apiserver.filter;

import dev.drydock.apiserver.access.AccessMessages;
import dev.drydock.apiserver.access.AnonymousRule;
import dev.drydock.apiserver.access.Authenticator;
import dev.drydock.apiserver.request.User;

/// Finds out who asks.
public final class IdentifyFilter implements Filter {
  private final Authenticator authenticator;
  private final AnonymousRule anonymous;

  /// For an authenticator that knows itself whom it lets in.
  public IdentifyFilter(Authenticator authenticator) {
    this(authenticator, new AnonymousRule.Everywhere());
  }

  /// @param anonymous where those whom the authenticator does not know may ask
  public IdentifyFilter(Authenticator authenticator, AnonymousRule anonymous) {
    this.authenticator = authenticator;
    this.anonymous = anonymous;
  }

  @Override
  public void before(Call call) {
    User user = authenticator.authenticate(call.arrival().credentials());
    if (user.equals(User.ANONYMOUS) && !anonymous.allows(path(call))) {
      throw AccessMessages.unauthorized();
    }
    call.authenticatedAs(user);
  }

  private static String path(Call call) {
    if (call.subject() instanceof Subject.Path path) {
      return path.path();
    }
    String uri = call.arrival().client().uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }
}
