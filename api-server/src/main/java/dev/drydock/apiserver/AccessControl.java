package dev.drydock.apiserver;

import dev.drydock.apiserver.access.Authenticator;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.TokenChecker;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.client.lifecycle.Component;
import java.util.function.BooleanSupplier;

/// Who may come in and what they may do, put together from the settings.
///
/// @param followers what keeps the rules up to date
/// @param isReady whether the rules are loaded
record AccessControl(
    Authenticator authenticator,
    TokenChecker tokens,
    Authorizer authorizer,
    TokenIssuer issuer,
    RbacAuthorizer rbac,
    Component followers,
    BooleanSupplier isReady) {}
