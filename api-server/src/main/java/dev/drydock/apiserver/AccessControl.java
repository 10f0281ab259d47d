package dev.drydock.apiserver;

import dev.drydock.apiserver.access.AnonymousRule;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.TokenChecker;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.access.identity.StandardAuthenticator;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.client.lifecycle.Component;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Who may come in and what they may do, put together from the settings.
///
/// @param everybody what anybody may do
/// @param followers what keeps the rules up to date
/// @param isReady whether the rules are loaded
record AccessControl(
    StandardAuthenticator authenticator,
    Everybody everybody,
    Authorizer authorizer,
    TokenIssuer issuer,
    RbacAuthorizer rbac,
    Component followers,
    BooleanSupplier isReady) {

  /// What nobody needs a right for.
  ///
  /// @param anonymous where somebody unknown may ask
  /// @param paths that everybody may have
  record Everybody(AnonymousRule anonymous, Set<String> paths) {}

  /// Who tells others whose a token is.
  TokenChecker tokens() {
    return authenticator;
  }
}
