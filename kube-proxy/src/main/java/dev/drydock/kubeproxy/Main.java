package dev.drydock.kubeproxy;

import dev.drydock.api.time.GoDuration;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.event.ApiEventRecorder;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.event.EventSource;
import dev.drydock.client.health.HealthServer;
import dev.drydock.client.health.HealthServer.Answer;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.ledger.BatchedEffects;
import dev.drydock.client.lifecycle.CommonFlags;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand;
import dev.drydock.client.lifecycle.ComponentGroup;
import dev.drydock.client.lifecycle.ComponentMain;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.client.rpc.GrpcApi;
import dev.drydock.client.rpc.GrpcLedger;
import dev.drydock.kubeproxy.dataplane.rpc.KernelDataplane;
import dev.drydock.kubeproxy.pace.SyncPace;
import dev.drydock.kubeproxy.rules.ServiceRules;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The process `kube-proxy`: one for each node.
@Command(
    name = "kube-proxy",
    description = "Makes the cluster's Services work on one node.",
    sortOptions = false)
public final class Main implements ComponentCommand {
  @Mixin private final ProxyFlags flags = new ProxyFlags();

  private Main() {}

  public static void main(String... arguments) {
    System.exit(ComponentMain.run("kube-proxy", new Main(), arguments));
  }

  @Override
  public CommonFlags common() {
    return flags.common;
  }

  @Override
  public Component build(Surroundings surroundings) {
    flags.checkMode();
    var rules = new ServiceRules(flags.node, flags.clusterRange());
    Kubeconfig kubeconfig = Kubeconfig.read(flags.common.kubeconfig());
    var metrics = new Metrics();
    var loops = new EventLoops(1);
    String component = "kube-proxy/" + flags.node;
    ApiConnection connection = ApiConnection.to(kubeconfig, component, loops);
    var api = new GrpcApi(connection, "kube-proxy");
    var informers = new SharedInformers(api, surroundings.timers(), surroundings.random());
    var effects = new BatchedEffects(new GrpcLedger(connection));
    var events = new ApiEventRecorder(api, surroundings.clock(), surroundings.timers());
    var kernel =
        new KernelDataplane(flags.node, flags.kernel, ApiConnection.sslContext(kubeconfig), loops);
    var proxy =
        new KubeProxy(
            flags.node,
            informers,
            rules,
            kernel,
            pace(),
            new KubeProxy.Reports(
                surroundings.clock(), surroundings.timers(), surroundings.log(), effects, metrics));
    return ComponentGroup.of(
        ComponentGroup.closing(loops::close),
        connection,
        health(proxy),
        metricsServer(metrics),
        effects,
        events,
        kernel,
        proxy,
        informers,
        startEvent(events));
  }

  private SyncPace.Settings pace() {
    return new SyncPace.Settings(
        duration("--iptables-min-sync-period", flags.minSyncPeriod),
        duration("--iptables-sync-period", flags.syncPeriod));
  }

  private static Duration duration(String flag, String text) {
    try {
      Duration duration = GoDuration.parse(text);
      if (duration.isPositive()) {
        return duration;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new BadFlagException(flag + ": '" + text + "' is not a duration");
  }

  private HealthServer health(KubeProxy proxy) {
    InetSocketAddress address = ProxyFlags.address("--healthz-bind-address", flags.healthz);
    Map<String, Supplier<Answer>> pages = new LinkedHashMap<>();
    pages.put("/healthz", proxy.health()::answer);
    pages.put("/livez", proxy.health()::answer);
    return new HealthServer(address, pages);
  }

  private HealthServer metricsServer(Metrics metrics) {
    InetSocketAddress address = ProxyFlags.address("--metrics-bind-address", flags.metrics);
    Map<String, Supplier<Answer>> pages = new LinkedHashMap<>();
    pages.put("/metrics", () -> new Answer(200, "text/plain; version=0.0.4", metrics.text()));
    pages.put("/proxyMode", () -> Answer.text(200, "iptables"));
    pages.put("/healthz", () -> Answer.text(200, "ok"));
    return new HealthServer(address, pages);
  }

  /// The event `Starting` that `kubectl describe node` shows.
  private Component startEvent(ApiEventRecorder events) {
    return new Component() {
      @Override
      public void start() {
        Node node =
            new NodeBuilder()
                .withNewMetadata()
                .withName(flags.node)
                .withUid(flags.node)
                .endMetadata()
                .build();
        events
            .as(new EventSource("kube-proxy", flags.node))
            .record(node, EventRecorder.Type.NORMAL, "Starting", "");
      }

      @Override
      public void close() {}
    };
  }
}
