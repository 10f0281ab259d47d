package dev.drydock.operator;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;

/// Keeps what a shop needs, tells in its status how many servers are ready, and writes down that
/// a shop closed before it goes.
@ControllerConfiguration(name = "shops", finalizerName = "operator.drydock.test/closing")
@Workflow(dependents = {@Dependent(type = ShopPage.class), @Dependent(type = ShopServers.class)})
public final class ShopReconciler implements Reconciler<Shop>, Cleaner<Shop> {
  private final String me;

  ShopReconciler(String me) {
    this.me = me;
  }

  @Override
  public UpdateControl<Shop> reconcile(Shop shop, Context<Shop> context) {
    var seen = new Shop();
    seen.setMetadata(nameOf(shop));
    seen.setStatus(new Shop.Status());
    seen.getStatus().setReady(readyOf(context));
    seen.getStatus().setObservedGeneration(shop.getMetadata().getGeneration());
    seen.getStatus().setSeenBy(me);
    return UpdateControl.patchStatus(seen);
  }

  @Override
  public DeleteControl cleanup(Shop shop, Context<Shop> context) {
    ObjectMeta name = nameOf(shop);
    name.setName(name.getName() + "-closed");
    context
        .getClient()
        .resource(new ConfigMapBuilder().withMetadata(name).addToData("by", me).build())
        .serverSideApply();
    return DeleteControl.defaultDelete();
  }

  private static ObjectMeta nameOf(Shop shop) {
    return new ObjectMetaBuilder()
        .withName(shop.getMetadata().getName())
        .withNamespace(shop.getMetadata().getNamespace())
        .build();
  }

  private static int readyOf(Context<Shop> context) {
    return context
        .getSecondaryResource(Deployment.class)
        .map(Deployment::getStatus)
        .map(DeploymentStatus::getReadyReplicas)
        .orElse(0);
  }
}
