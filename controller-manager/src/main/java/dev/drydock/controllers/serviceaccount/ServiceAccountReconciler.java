package dev.drydock.controllers.serviceaccount;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.List;

/// Keyed by namespace: creates the account `default` where it is missing.
public final class ServiceAccountReconciler implements Reconciler {
  private static final String DEFAULT = "default";

  private final Lister<Namespace> namespaces;
  private final Lister<ServiceAccount> accounts;
  private final ResourceClient<ServiceAccount> client;

  private ServiceAccountReconciler(
      Lister<Namespace> namespaces,
      Lister<ServiceAccount> accounts,
      ResourceClient<ServiceAccount> client) {
    this.namespaces = namespaces;
    this.accounts = accounts;
    this.client = client;
  }

  /// Builds the controller.
  ///
  /// @param workers `--concurrent-serviceaccount-syncs`
  public static Component controller(ControllerContext context, int workers) {
    Informer<Namespace> namespaces = context.informers().informer(Kinds.NAMESPACE);
    Informer<ServiceAccount> accounts = context.informers().informer(Kinds.SERVICE_ACCOUNT);
    return Controller.named("serviceaccount-controller", context.environment())
        .of("namespace")
        .workers(workers)
        .watch(namespaces, KeyMapper.self())
        .watch(
            accounts,
            account ->
                account.getMetadata().getName().equals(DEFAULT)
                    ? List.of(ObjectKey.clusterScoped(account.getMetadata().getNamespace()))
                    : List.of())
        .reconcile(
            new ServiceAccountReconciler(
                namespaces.lister(),
                accounts.lister(),
                context.api().resource(Kinds.SERVICE_ACCOUNT)));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    boolean wanted =
        namespaces
            .get(key)
            .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
            .isPresent();
    if (!wanted || accounts.get(ObjectKey.of(key.name(), DEFAULT)).isPresent()) {
      return Result.done();
    }
    try {
      client.create(
          new ServiceAccountBuilder()
              .withNewMetadata()
              .withName(DEFAULT)
              .withNamespace(key.name())
              .endMetadata()
              .build());
    } catch (ApiException e) {
      if (!e.isAlreadyExists() && !namespaceEnds(e)) {
        throw e;
      }
    }
    return Result.done();
  }

  /// The namespace is gone, or takes no more objects.
  private static boolean namespaceEnds(ApiException e) {
    return e.isNotFound() || e.reason() == StatusReason.FORBIDDEN;
  }
}
