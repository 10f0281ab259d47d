package dev.drydock.apiserver.registry;

import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.TokenChecker;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.apiserver.admission.AdmissionChoice;
import dev.drydock.apiserver.registry.componentstatus.ComponentProbe;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.webhook.PodDoor;
import java.time.Duration;
import java.util.List;

/// What a registry is made of.
///
/// @param resources made before the cache, which needs its decoder
/// @param reader the cache over the store
public record RegistrySettings(
    Resources resources,
    ObjectStore store,
    ObjectReader<StoredObject> reader,
    Sources sources,
    Cluster cluster,
    Authority authority,
    PodDoor pods) {

  /// What can be set about the cluster.
  ///
  /// @param probe how the components are, for `kubectl get componentstatuses`
  /// @param admission which admission plugins run
  /// @param eventLifetime `--event-ttl`
  /// @param deleteWorkers `--delete-collection-workers`
  public record Cluster(
      ServiceNetwork network,
      ComponentProbe probe,
      AdmissionChoice admission,
      Duration eventLifetime,
      int deleteWorkers) {
    public static final Cluster DEFAULT =
        new Cluster(
            ServiceNetwork.DEFAULT, List::of, AdmissionChoice.DEFAULT, Duration.ofHours(1), 1);
  }

  /// What answers questions about users and makes tokens.
  ///
  /// @param rbac what roles say, for rules reviews and against escalation
  public record Authority(
      TokenChecker tokens, Authorizer authorizer, TokenIssuer issuer, RbacAuthorizer rbac) {}
}
