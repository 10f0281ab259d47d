package dev.drydock.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/// The page that a shop's servers show, applied by the server.
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class ShopPage extends CRUDKubernetesDependentResource<ConfigMap, Shop> {
  /// Made by the framework.
  public ShopPage() {
    super(ConfigMap.class);
  }

  @Override
  protected ConfigMap desired(Shop shop, Context<Shop> context) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(shop.getMetadata().getName())
        .withNamespace(shop.getMetadata().getNamespace())
        .endMetadata()
        .addToData("index.html", shop.getSpec().getGreeting())
        .build();
  }
}
