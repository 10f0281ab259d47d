package dev.drydock.controllers.resourcequota;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.control.Controller;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Wires the controller: a quota is counted when it is new or limits something else, and soon
/// after something in its namespace has gone.
public final class QuotaController {
  /// What goes together is counted once.
  private static final Duration GATHERING = Duration.ofMillis(100);

  private QuotaController() {}

  /// @param workers `--concurrent-resource-quota-syncs`
  /// @param resync `--resource-quota-sync-period`
  public static Component of(ControllerContext context, int workers, Duration resync) {
    Informer<ResourceQuota> quotas = context.informers().informer(Kinds.RESOURCE_QUOTA);
    var waker = new Waker(quotas.lister());
    var monitors = new Monitors(context, waker);
    Controller controller =
        Controller.named("resourcequota-controller", context.environment())
            .of("resourcequota")
            .workers(workers)
            .watchChanges(quotas, QuotaController::toCount)
            .reconcile(
                new QuotaReconciler(
                    quotas.lister(),
                    monitors,
                    context.api().status(Kinds.RESOURCE_QUOTA),
                    context::moment,
                    resync));
    waker.controller = controller;
    return controller;
  }

  /// The api-server's own charges are no reason to count.
  private static Collection<ObjectKey> toCount(Change<ResourceQuota> change) {
    boolean charged =
        change instanceof Change.Updated<ResourceQuota>(ResourceQuota before, ResourceQuota after)
            && after.getSpec().equals(before.getSpec())
            && after.getStatus() != null
            && after.getSpec().getHard().equals(after.getStatus().getHard());
    return charged ? List.of() : List.of(ObjectKey.of(change.newest()));
  }

  /// Has the quotas of a namespace counted soon.
  private static final class Waker implements Monitors.Listener {
    private final Lister<ResourceQuota> quotas;
    private volatile @org.jspecify.annotations.Nullable Controller controller;

    private Waker(Lister<ResourceQuota> quotas) {
      this.quotas = quotas;
    }

    @Override
    public void lessUsed(HasMetadata object) {
      Controller running = controller;
      List<ResourceQuota> waiting = quotas.inNamespace(object.getMetadata().getNamespace());
      if (running == null || waiting.isEmpty()) {
        return;
      }
      new Causes.Scope(List.of(Revision.of(object)), (_, _) -> {})
          .run(() -> waiting.forEach(each -> running.enqueueAfter(ObjectKey.of(each), GATHERING)));
    }
  }
}
