package dev.drydock.controllers.rootca;

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
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keyed by namespace: keeps the ConfigMap `kube-root-ca.crt` there and as it must be.
public final class RootCaReconciler implements Reconciler {
  private static final String NAME = "kube-root-ca.crt";
  private static final String DESCRIPTION = "kubernetes.io/description";
  private static final String DESCRIPTION_TEXT =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage"
          + " is guaranteed across distributions of Kubernetes clusters.";

  private final Lister<Namespace> namespaces;
  private final Lister<ConfigMap> maps;
  private final ResourceClient<ConfigMap> client;
  private final Map<String, String> data;

  private RootCaReconciler(
      Lister<Namespace> namespaces,
      Lister<ConfigMap> maps,
      ResourceClient<ConfigMap> client,
      String rootCa) {
    this.namespaces = namespaces;
    this.maps = maps;
    this.client = client;
    this.data = Map.of("ca.crt", rootCa);
  }

  /// Builds the controller.
  ///
  /// @param rootCa content of `--root-ca-file`
  public static Component controller(ControllerContext context, String rootCa) {
    Informer<Namespace> namespaces = context.informers().informer(Kinds.NAMESPACE);
    Informer<ConfigMap> maps = context.informers().informer(Kinds.CONFIG_MAP);
    return Controller.named("root-ca-certificate-publisher-controller", context.environment())
        .of("namespace")
        .watch(namespaces, KeyMapper.self())
        .watch(
            maps,
            map ->
                map.getMetadata().getName().equals(NAME)
                    ? List.of(ObjectKey.clusterScoped(map.getMetadata().getNamespace()))
                    : List.of())
        .reconcile(
            new RootCaReconciler(
                namespaces.lister(),
                maps.lister(),
                context.api().resource(Kinds.CONFIG_MAP),
                rootCa));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    boolean wanted =
        namespaces
            .get(key)
            .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
            .isPresent();
    if (!wanted) {
      return Result.done();
    }
    Optional<ConfigMap> found = maps.get(ObjectKey.of(key.name(), NAME));
    if (found.isEmpty()) {
      create(key.name());
    } else if (!isRight(found.get())) {
      client.update(
          new ConfigMapBuilder(found.get())
              .editMetadata()
              .addToAnnotations(DESCRIPTION, DESCRIPTION_TEXT)
              .endMetadata()
              .withData(data)
              .build());
    }
    return Result.done();
  }

  private boolean isRight(ConfigMap map) {
    Map<String, String> annotations = map.getMetadata().getAnnotations();
    return data.equals(map.getData())
        && annotations != null
        && DESCRIPTION_TEXT.equals(annotations.get(DESCRIPTION));
  }

  private void create(String namespace) {
    try {
      client.create(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName(NAME)
              .withNamespace(namespace)
              .addToAnnotations(DESCRIPTION, DESCRIPTION_TEXT)
              .endMetadata()
              .withData(data)
              .build());
    } catch (ApiException e) {
      boolean namespaceEnds = e.isNotFound() || e.reason() == StatusReason.FORBIDDEN;
      if (!e.isAlreadyExists() && !namespaceEnds) {
        throw e;
      }
    }
  }
}
