package dev.drydock.kubelet;

import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.event.ApiEventRecorder;
import dev.drydock.client.event.EventSource;
import dev.drydock.client.health.HealthServer;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.ledger.BatchedEffects;
import dev.drydock.client.lifecycle.CommonFlags;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand;
import dev.drydock.client.lifecycle.ComponentGroup;
import dev.drydock.client.lifecycle.ComponentMain;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.client.rpc.GrpcApi;
import dev.drydock.client.rpc.GrpcLedger;
import dev.drydock.kubelet.kernel.Fabric;
import dev.drydock.kubelet.kernel.NodeKernel;
import dev.drydock.kubelet.kernel.NodeKernels;
import dev.drydock.kubelet.kernel.NodeRoutes;
import dev.drydock.kubelet.kernel.ServiceNames;
import dev.drydock.kubelet.kernel.rpc.KernelRpc;
import dev.drydock.kubelet.kernel.rpc.TunnelClient;
import dev.drydock.kubelet.kernel.rpc.TunnelRpc;
import dev.drydock.kubelet.node.NodeSettings;
import dev.drydock.kubelet.program.Programs;
import dev.drydock.kubelet.rpc.KubeletServer;
import dev.drydock.kubelet.rpc.NodeCalls;
import dev.drydock.kubelet.rpc.NodePages;
import dev.drydock.kubelet.rpc.Peer;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.runtime.simulated.SimulatedRuntime;
import io.fabric8.kubernetes.api.model.Service;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The process `kubelet`: a simulated node, or many.
@Command(description = "Runs the pods of a simulated node, or of many (--nodes).")
public final class Main implements ComponentCommand {
  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final KubeletFlags flags = new KubeletFlags();

  public static void main(String[] arguments) {
    System.exit(ComponentMain.run("kubelet", new Main(), arguments));
  }

  @Override
  public CommonFlags common() {
    return common;
  }

  @Override
  public Component build(Surroundings outside) {
    List<NodeSettings> nodes = flags.settings();
    String component = "kubelet" + (nodes.size() == 1 ? "/" + nodes.getFirst().name() : "");
    EventLoops loops = new EventLoops(1);
    Kubeconfig kubeconfig = Kubeconfig.read(common.kubeconfig());
    ApiConnection connection = ApiConnection.to(kubeconfig, component, loops);
    Api api = new GrpcApi(connection, "kubelet");
    ApiEventRecorder events = new ApiEventRecorder(api, outside.clock(), outside.timers());
    BatchedEffects effects = new BatchedEffects(new GrpcLedger(connection));
    SharedInformers informers = new SharedInformers(api, outside.timers(), outside.random());
    Informer<Service> services = informers.informer(Kinds.SERVICE);
    Programs programs = Wiring.programs();
    SimulatedRuntime runtime = Wiring.runtime(programs, outside);
    TunnelClient tunnels = new TunnelClient(ApiConnection.sslContext(kubeconfig), loops);
    Fabric fabric = new Fabric(NodeRoutes.following(informers.informer(Kinds.NODE)), tunnels);
    NodeKernels kernels =
        new NodeKernels(
            fabric,
            new NodeKernel.Environment(
                outside.clock(),
                outside.timers(),
                outside.random(),
                new ServiceNames(services.lister(), flags.clusterDomain)));
    NodeHost host =
        new NodeHost(
            api,
            new NodeHost.Time(
                outside.clock(),
                outside.timers(),
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("pod-", 0).factory())),
            new NodeHost.Machinery(
                runtime,
                runtime,
                Wiring.catalog(programs),
                flags.pullTime(),
                flags.dns(),
                Wiring.uuid(outside.random())),
            new NodeHost.Voices(
                node -> events.as(new EventSource("kubelet", node)), effects, outside.log()),
            () -> services.lister().list(),
            node -> kernels.create(node.name(), node.address()));
    Kubelet kubelet = new Kubelet(nodes, host, informers);
    Metrics metrics = new Metrics();
    List<Component> parts = new ArrayList<>();
    parts.add(ComponentGroup.closing(loops::close));
    parts.add(connection);
    parts.add(effects);
    parts.add(events);
    parts.add(ComponentGroup.closing(tunnels::close));
    parts.add(kernels);
    parts.add(kubelet);
    flags
        .identity()
        .ifPresent(
            identity ->
                parts.add(
                    new KubeletServer(
                        new InetSocketAddress(flags.address, flags.port),
                        identity,
                        loops,
                        services(calls(kubelet, runtime, outside, metrics), fabric, kernels))));
    if (flags.healthPort != 0) {
      parts.add(
          HealthServer.standard(
              new InetSocketAddress(flags.healthAddress, flags.healthPort),
              metrics,
              List.of(),
              List.of(new HealthServer.Check("pod-cidr", kubelet::isReady))));
    }
    return new ComponentGroup(parts);
  }

  /// What is served on the kubelet's port, and to whom.
  private static List<KubeletServer.Guarded> services(
      NodeCalls calls, Fabric fabric, NodeKernels kernels) {
    return List.of(
        new KubeletServer.Guarded(calls, Peer::isControlPlane),
        new KubeletServer.Guarded(
            new KernelRpc(kernels::all),
            peer -> peer.isControlPlane() || peer.name().equals("system:kube-proxy")),
        new KubeletServer.Guarded(
            new TunnelRpc(fabric),
            peer -> peer.isControlPlane() || peer.groups().contains(Peer.NODES)));
  }

  private static NodeCalls calls(
      Kubelet kubelet, ContainerRuntime runtime, Surroundings outside, Metrics metrics) {
    Map<String, Supplier<HealthServer.Answer>> pages =
        Map.of(
            "/healthz",
            () -> HealthServer.Answer.text(200, "ok"),
            "/metrics",
            () -> new HealthServer.Answer(200, "text/plain; version=0.0.4", metrics.text()));
    return new NodeCalls(
        kubelet::pods,
        runtime,
        outside.clock(),
        new NodePages(kubelet::pods, kubelet::usage, runtime, pages));
  }
}
