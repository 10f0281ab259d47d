package dev.drydock.apiserver.registry;

import dev.drydock.apiserver.access.Authenticator;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.apiserver.registry.componentstatus.ComponentProbe;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectStore;

/// What a registry is made of.
///
/// @param resources made before the cache, which needs its decoder
/// @param reader the cache over the store
/// @param probe how the components are, for `kubectl get componentstatuses`
public record RegistrySettings(
    Resources resources,
    ObjectStore store,
    ObjectReader<StoredObject> reader,
    Sources sources,
    ServiceNetwork network,
    Authority authority,
    ComponentProbe probe) {

  /// What answers questions about users and makes tokens.
  ///
  /// @param rbac what roles say, for rules reviews and against escalation
  public record Authority(
      Authenticator authenticator,
      Authorizer authorizer,
      TokenIssuer issuer,
      RbacAuthorizer rbac) {}
}
