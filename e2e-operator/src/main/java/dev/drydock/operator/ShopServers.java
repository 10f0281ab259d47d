package dev.drydock.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/// A shop's servers, applied by the server.
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class ShopServers extends CRUDKubernetesDependentResource<Deployment, Shop> {
  /// Made by the framework.
  public ShopServers() {
    super(Deployment.class);
  }

  @Override
  protected Deployment desired(Shop shop, Context<Shop> context) {
    String name = shop.getMetadata().getName();
    Map<String, String> labels = Map.of("shop", name);
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(shop.getMetadata().getNamespace())
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withReplicas(shop.getSpec().getServers())
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("server")
        .withImage("nginx")
        .addNewPort()
        .withContainerPort(80)
        .endPort()
        .addNewVolumeMount()
        .withName("page")
        .withMountPath("/usr/share/nginx/html")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("page")
        .withNewConfigMap()
        .withName(name)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
