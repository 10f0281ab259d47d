package dev.drydock.kubeproxy;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.ledger.Effects;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.time.Timers;
import dev.drydock.kubeproxy.changes.ServiceChanges;
import dev.drydock.kubeproxy.changes.ServiceView;
import dev.drydock.kubeproxy.dataplane.Dataplane;
import dev.drydock.kubeproxy.dataplane.Dataplane.DataplaneException;
import dev.drydock.kubeproxy.pace.SyncPace;
import dev.drydock.kubeproxy.rules.RuleSet;
import dev.drydock.kubeproxy.rules.ServiceRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Services and slices → changes → whole rule set → the node's kernel.
///
/// It programs nothing before it has seen the whole cluster once, and takes nothing back when it
/// ends.
public final class KubeProxy implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(KubeProxy.class);
  private static final List<Double> BUCKETS =
      List.of(0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.0, 5.0);

  private final String node;
  private final SharedInformers informers;
  private final ServiceChanges changes;
  private final ServiceRules rules;
  private final Dataplane dataplane;
  private final Reports reports;
  private final SyncPace pace;
  private final ProxyHealth health;
  private final Metrics.Histogram durations;
  private final Metrics.Counter serviceChanges;
  private RuleSet applied = RuleSet.EMPTY;
  private volatile Known known = Known.NOTHING;

  /// Whether the kernel has what [#applied] says.
  private enum Known {
    NOTHING,
    ALL
  }

  /// Where it tells what it does.
  public record Reports(
      InstantSource clock, Timers timers, InteractionLog log, Effects effects, Metrics metrics) {}

  public KubeProxy(
      String node,
      SharedInformers informers,
      ServiceRules rules,
      Dataplane dataplane,
      SyncPace.Settings pace,
      Reports reports) {
    this.node = node;
    this.informers = informers;
    this.rules = rules;
    this.dataplane = dataplane;
    this.reports = reports;
    this.pace = new SyncPace(pace, reports.timers(), this::sync);
    this.health =
        new ProxyHealth(reports.clock(), reports.timers().scaled(pace.longest().multipliedBy(2)));
    var services = informers.informer(Kinds.SERVICE);
    var slices = informers.informer(Kinds.ENDPOINT_SLICE, List.of(ServiceChanges.BY_SERVICE));
    this.changes = new ServiceChanges(services, slices, this::changed);
    this.durations =
        reports
            .metrics()
            .histogram(
                "kubeproxy_sync_proxy_rules_duration_seconds",
                "SyncProxyRules latency in seconds",
                Map.of(),
                BUCKETS);
    this.serviceChanges =
        reports
            .metrics()
            .counter(
                "kubeproxy_sync_proxy_rules_service_changes_total",
                "Cumulative proxy rules Service changes",
                Map.of());
  }

  /// What to answer on the health port.
  public ProxyHealth health() {
    return health;
  }

  private void changed() {
    health.changed();
    if (informers.haveSynced()) {
      pace.request();
    }
  }

  @Override
  public void start() {
    changes.start();
    dataplane.onRestart(
        () -> {
          LOG.warn("the connection to the node's kernel broke: all rules go there again");
          known = Known.NOTHING;
          health.changed();
          pace.request();
        });
    pace.start();
    Thread.ofVirtual().name("first-sync").start(this::requestWhenSynced);
  }

  private void requestWhenSynced() {
    try {
      informers.informer(Kinds.SERVICE).awaitRevision(Revision.NONE);
      Informer<?> slices = informers.informer(Kinds.ENDPOINT_SLICE);
      slices.awaitRevision(Revision.NONE);
      pace.request();
    } catch (InterruptedException _) {
      LOG.debug("closed before the first state was complete");
    }
  }

  @Override
  public void close() {
    pace.close();
  }

  /// One run. Only the pace's thread comes here.
  private SyncPace.Outcome sync() {
    Instant began = reports.clock().instant();
    ServiceChanges.Snapshot snapshot = changes.take();
    RuleSet wanted = rules.of(snapshot.services());
    if (known == Known.ALL && wanted.equals(applied)) {
      health.synced();
      return SyncPace.Outcome.DONE;
    }
    try {
      known = Known.ALL;
      Set<Integer> refused = dataplane.apply(wanted);
      applied = wanted;
      for (int port : refused) {
        LOG.error("can't open port {}, skipping it: address already in use", port);
      }
    } catch (DataplaneException failure) {
      known = Known.NOTHING;
      changes.giveBack(snapshot);
      LOG.warn("{}", failure.getMessage());
      return SyncPace.Outcome.FAILED;
    }
    health.synced();
    tell(snapshot, wanted, began);
    return SyncPace.Outcome.DONE;
  }

  private void tell(ServiceChanges.Snapshot snapshot, RuleSet wanted, Instant began) {
    Duration took = Duration.between(began, reports.clock().instant());
    durations.observe(took.toNanos() / 1e9);
    serviceChanges.add(snapshot.changed().size());
    List<Revision> all = new ArrayList<>();
    snapshot
        .changed()
        .forEach(
            (service, causes) -> {
              all.addAll(causes);
              reports
                  .effects()
                  .report(
                      new Effects.Effect(
                          "kube-proxy/" + node,
                          "rules",
                          Kinds.SERVICE.type(),
                          service,
                          causes,
                          began,
                          took,
                          note(snapshot, service)));
            });
    String services =
        snapshot.changed().size() == 1
            ? snapshot.changed().keySet().iterator().next().toString()
            : snapshot.changed().size() + " services";
    reports
        .log()
        .step(
            new InteractionLog.Step(
                "sync rules",
                "node",
                ObjectKey.clusterScoped(node),
                Revision.NONE,
                Causes.newest(all),
                took,
                services + ", " + wanted.table().size() + " rules in all"));
  }

  private static String note(ServiceChanges.Snapshot snapshot, ObjectKey service) {
    for (ServiceView view : snapshot.services()) {
      if (view.key().equals(service)) {
        long endpoints = view.ports().stream().mapToLong(port -> port.endpoints().size()).sum();
        return endpoints + (endpoints == 1 ? " endpoint" : " endpoints");
      }
    }
    return "no rules";
  }
}
