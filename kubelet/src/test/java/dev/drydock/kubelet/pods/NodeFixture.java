package dev.drydock.kubelet.pods;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.client.ledger.Effects;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Kinds;
import dev.drydock.kubelet.image.BuiltInImages;
import dev.drydock.kubelet.image.ImageCatalog;
import dev.drydock.kubelet.image.ImagePuller;
import dev.drydock.kubelet.network.InMemoryNetwork;
import dev.drydock.kubelet.network.NodeNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.probes.Checks;
import dev.drydock.kubelet.probes.Hooks;
import dev.drydock.kubelet.status.StatusWriter;
import dev.drydock.kubelet.volumes.ContainerEnvironment;
import dev.drydock.kubelet.volumes.NodeFiles;
import dev.drydock.kubelet.volumes.PodVolumes;
import dev.drydock.kubelet.volumes.ReferencedObjects;
import dev.drydock.kubelet.volumes.ServiceTokens;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A node of 4 CPUs whose pods run on the test's thread.
final class NodeFixture {
  private NodeFixture() {}

  static PodAgent agent(FakeClock clock, FakeApi api, FakeRuntime runtime, RecordedEvents events) {
    return agent(clock, api, runtime, events, new NodeLabels(Map::of, Map::of));
  }

  static PodAgent agent(
      FakeClock clock, FakeApi api, FakeRuntime runtime, RecordedEvents events, NodeLabels labels) {
    BuiltInImages images = new BuiltInImages(new TreeSet<>());
    NodeNetwork network = new InMemoryNetwork().node("127.7.1.1");
    Checks checks = new Checks(network.host(), runtime, clock, "kube-probe/1.36");
    ReferencedObjects objects = new ReferencedObjects(api, clock, clock);
    Map<String, Quantity> capacity =
        Map.of("cpu", Quantity.parse("4"), "pods", Quantity.parse("110"));
    PodServices services =
        new PodServices(
            new PodServices.Host(
                "node-1",
                "127.7.1.1",
                new IpPool("10.244.1.0/24"),
                new PodSandbox.Resolver(List.of("10.96.0.10"), List.of("cluster.local"), List.of()),
                capacity),
            new PodServices.Pace(clock, clock, Runnable::run),
            new PodServices.Engine(
                runtime,
                new ImagePuller(
                    new ImageCatalog(List.of(), images.entries(), images.other()),
                    clock,
                    clock,
                    Duration.ofMillis(300)),
                network,
                checks,
                new Hooks(checks, clock)),
            new PodServices.Reports(
                new StatusWriter(api.status(Kinds.POD), clock, Duration.ofMillis(50), 4),
                events,
                Effects.SILENT,
                InteractionLog.SILENT,
                api.resource(Kinds.POD)),
            new PodServices.Surroundings(
                new PodVolumes.Sources(
                    objects, new ServiceTokens(api, clock), new NodeFiles(clock)),
                new ContainerEnvironment(objects),
                List::of));
    return new PodAgent(services, new AdmissionRules("node-1", capacity), labels);
  }
}
