package dev.drydock.kubelet;

import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.kubelet.image.ImagePuller;
import dev.drydock.kubelet.network.NodeNetwork;
import dev.drydock.kubelet.node.NodeAgent;
import dev.drydock.kubelet.node.NodeSettings;
import dev.drydock.kubelet.pods.AdmissionRules;
import dev.drydock.kubelet.pods.IpPool;
import dev.drydock.kubelet.pods.NodeLabels;
import dev.drydock.kubelet.pods.PodAgent;
import dev.drydock.kubelet.pods.PodServices;
import dev.drydock.kubelet.probes.Checks;
import dev.drydock.kubelet.probes.Hooks;
import dev.drydock.kubelet.status.StatusWriter;
import dev.drydock.kubelet.usage.NodeUsage;
import dev.drydock.kubelet.volumes.ContainerEnvironment;
import dev.drydock.kubelet.volumes.NodeFiles;
import dev.drydock.kubelet.volumes.PodVolumes;
import dev.drydock.kubelet.volumes.ReferencedObjects;
import dev.drydock.kubelet.volumes.ServiceTokens;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.ContainerImageBuilder;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One node: its agent, its pods, its network.
final class SimulatedNode implements Component {
  private static final Duration STATUS_WINDOW = Duration.ofMillis(50);
  private static final int PARALLEL_WRITES = 32;

  private final NodeSettings settings;
  private final NodeHost host;
  private final PodRouter router;
  private final EventRecorder events;
  private final NodeNetwork network;
  private final ImagePuller images;
  private final NodeAgent agent;
  private final NodeUsage usage;
  private volatile @Nullable PodAgent pods;

  SimulatedNode(NodeSettings settings, NodeHost host, PodRouter router) {
    this.settings = settings;
    this.host = host;
    this.router = router;
    this.events = host.voices().events().apply(settings.name());
    this.network = host.network().apply(settings);
    this.images =
        new ImagePuller(
            host.machinery().catalog(),
            host.time().clock(),
            host.time().timers(),
            host.machinery().pullTime());
    this.usage =
        new NodeUsage(
            settings.name(),
            settings.capacity(),
            this::pods,
            host.machinery().meter(),
            host.time().clock());
    this.agent =
        new NodeAgent(
            settings,
            host.machinery().bootId(),
            host.api(),
            events,
            host.time().clock(),
            host.time().timers(),
            new NodeAgent.Listener(this::imageList, this::addressed));
  }

  NodeUsage usage() {
    return usage;
  }

  @Override
  public void start() {
    agent.start();
  }

  @Override
  public void close() {
    agent.close();
  }

  String name() {
    return settings.name();
  }

  NodeNetwork network() {
    return network;
  }

  void observed(Node node) {
    agent.observed(node);
  }

  /// Nothing before the node has addresses for pods.
  Optional<PodAgent> pods() {
    return Optional.ofNullable(pods);
  }

  private void addressed(String cidr) {
    PodAgent made =
        new PodAgent(
            services(cidr),
            new AdmissionRules(settings.name(), settings.capacity()),
            new NodeLabels(agent::labels, agent::newestLabels));
    pods = made;
    router.attach(settings.name(), made);
  }

  private PodServices services(String cidr) {
    var time = host.time();
    var runtime = host.machinery().runtime();
    Checks checks = new Checks(network.host(), runtime, time.timers(), "kube-probe/1.36");
    ReferencedObjects objects = new ReferencedObjects(host.api(), time.clock(), time.timers());
    return new PodServices(
        new PodServices.Host(
            settings.name(),
            settings.address(),
            new IpPool(cidr),
            host.machinery().dns(),
            settings.capacity()),
        new PodServices.Pace(time.clock(), time.timers(), time.executor()),
        new PodServices.Engine(runtime, images, network, checks, new Hooks(checks, time.timers())),
        new PodServices.Reports(
            new StatusWriter(
                host.api().status(Kinds.POD), time.timers(), STATUS_WINDOW, PARALLEL_WRITES),
            events,
            host.voices().effects(),
            host.voices().log(),
            host.api().resource(Kinds.POD)),
        new PodServices.Surroundings(
            new PodVolumes.Sources(
                objects, new ServiceTokens(host.api(), time.clock()), new NodeFiles(time.clock())),
            new ContainerEnvironment(objects),
            host.services()));
  }

  private Collection<ContainerImage> imageList() {
    return images.images().stream()
        .map(
            present ->
                new ContainerImageBuilder()
                    .withNames(present.name().canonical())
                    .withSizeBytes(present.image().size())
                    .build())
        .sorted((one, other) -> one.getNames().getFirst().compareTo(other.getNames().getFirst()))
        .toList();
  }
}
