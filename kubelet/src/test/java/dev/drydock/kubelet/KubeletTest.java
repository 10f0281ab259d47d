package dev.drydock.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.ledger.Effects;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.time.SystemTimers;
import dev.drydock.client.time.TimeScale;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.InMemoryNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.node.NodeSettings;
import dev.drydock.kubelet.program.Programs;
import dev.drydock.kubelet.program.http.HttpCall;
import dev.drydock.kubelet.rpc.NodePages;
import dev.drydock.kubelet.runtime.simulated.SimulatedRuntime;
import dev.drydock.kubelet.usage.NodeUsage;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A whole kubelet on the fake API, in real time (fifty times as fast).
final class KubeletTest {
  private static final ObjectKey NODE = ObjectKey.clusterScoped("node-1");

  private final FakeApi api = new FakeApi(InstantSource.system());
  private final RecordedEvents events = new RecordedEvents();
  private final InMemoryNetwork network = new InMemoryNetwork();
  private SystemTimers timers;
  private SimulatedRuntime runtime;
  private Kubelet kubelet;

  @BeforeEach
  void start() {
    timers = new SystemTimers(new TimeScale(50));
    Surroundings outside =
        new Surroundings(
            InstantSource.system(),
            timers,
            new SplittableRandom(1),
            InteractionLog.SILENT,
            _ -> {});
    Programs programs = Wiring.programs();
    runtime = Wiring.runtime(programs, outside);
    kubelet = kubelet(programs, outside);
    kubelet.start();
  }

  @AfterEach
  void stop() {
    kubelet.close();
    timers.close();
  }

  private Kubelet kubelet(Programs programs, Surroundings outside) {
    SharedInformers informers = new SharedInformers(api, timers, new SplittableRandom(2));
    Informer<Service> services = informers.informer(Kinds.SERVICE);
    NodeSettings settings =
        new NodeSettings(
            "node-1",
            "127.7.1.1",
            Map.of("disk", "ssd"),
            List.of(),
            Map.of(
                "cpu", dev.drydock.api.quantity.Quantity.parse("4"),
                "pods", dev.drydock.api.quantity.Quantity.parse("110")),
            10250,
            NodeSettings.Rhythm.STANDARD);
    NodeHost host =
        new NodeHost(
            api,
            new NodeHost.Time(outside.clock(), timers, Executors.newVirtualThreadPerTaskExecutor()),
            new NodeHost.Machinery(
                runtime,
                runtime,
                Wiring.catalog(programs),
                Duration.ofMillis(300),
                new PodSandbox.Resolver(List.of("10.96.0.10"), List.of("cluster.local"), List.of()),
                "boot"),
            new NodeHost.Voices(_ -> events, Effects.SILENT, InteractionLog.SILENT),
            () -> services.lister().list(),
            node -> network.node(node.address()));
    return new Kubelet(List.of(settings), host, informers);
  }

  private void giveAddresses() throws InterruptedException {
    api.await(Kinds.NODE, NODE, _ -> true);
    api.resource(Kinds.NODE)
        .patch(NODE, new Patch.Merge("{\"spec\":{\"podCIDR\":\"10.244.1.0/24\"}}"));
  }

  private static Pod pod(String name, String image) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-1")
        .addNewContainer()
        .withName("web")
        .withImage(image)
        .endContainer()
        .endSpec()
        .build();
  }

  private static boolean is(Pod pod, String type, String status) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(one -> one.getType().equals(type) && one.getStatus().equals(status));
  }

  @Test
  void theNodeRegistersAndBecomesReadyWhenItHasAddresses() throws InterruptedException {
    giveAddresses();
    Node node =
        api.await(
            Kinds.NODE,
            NODE,
            one ->
                one.getStatus() != null
                    && one.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Ready") && c.getStatus().equals("True")));
    assertThat(node.getMetadata().getLabels())
        .containsEntry("kubernetes.io/hostname", "node-1")
        .containsEntry("disk", "ssd");
    assertThat(node.getStatus().getNodeInfo().getContainerRuntimeVersion())
        .startsWith("drydock://");
    var lease = api.await(Kinds.LEASE, ObjectKey.of("kube-node-lease", "node-1"), _ -> true);
    assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("node-1");
  }

  @Test
  void aPodRunsAnswersAndGoes() throws Exception {
    giveAddresses();
    api.resource(Kinds.POD).create(pod("web", "nginx"));
    ObjectKey key = ObjectKey.of("default", "web");
    Pod ready = api.await(Kinds.POD, key, one -> is(one, "Ready", "True"));
    assertThat(ready.getStatus().getPhase()).isEqualTo("Running");
    assertThat(ready.getStatus().getPodIP()).isEqualTo("10.244.1.2");
    assertThat(ready.getStatus().getContainerStatuses().getFirst().getContainerID())
        .matches("drydock://[0-9a-f]{64}");
    assertThat(ready.getStatus().getConditions())
        .extracting(PodCondition::getType)
        .contains("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady");
    assertThat(statusWrites()).isLessThanOrEqualTo(2);
    assertThat(get("10.244.1.2")).contains("Welcome to nginx!");
    assertThat(events.reasons()).contains("Pulling", "Pulled", "Created", "Started");

    api.resource(Kinds.POD).delete(key, Deletion.DEFAULT);
    api.await(() -> api.find(Kinds.POD, key).isEmpty());
    assertThat(events.all()).anyMatch(e -> e.message().equals("Stopping container web"));
  }

  @Test
  void anImageThatIsNotThereIsWaitedFor() throws InterruptedException {
    giveAddresses();
    api.resource(Kinds.POD).create(pod("bad", "registry.example.com/does-not-exist:1"));
    Pod pod =
        api.await(
            Kinds.POD,
            ObjectKey.of("default", "bad"),
            one ->
                one.getStatus().getContainerStatuses().stream()
                    .anyMatch(
                        c ->
                            c.getState().getWaiting() != null
                                && "ImagePullBackOff"
                                    .equals(c.getState().getWaiting().getReason())));
    assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
    assertThat(events.all())
        .anyMatch(e -> e.message().equals("Error: ErrImagePull"))
        .anyMatch(
            e ->
                e.message()
                    .equals("Back-off pulling image \"registry.example.com/does-not-exist:1\""));
  }

  @Test
  void itTellsWhatItsPodsUse() throws InterruptedException {
    giveAddresses();
    api.resource(Kinds.POD).create(pod("web", "nginx"));
    ObjectKey key = ObjectKey.of("default", "web");
    api.await(Kinds.POD, key, one -> is(one, "Ready", "True"));
    NodeUsage usage = kubelet.usage("node-1").orElseThrow();
    NodePages pages = new NodePages(kubelet::pods, kubelet::usage, runtime, Map.of());

    JsonNode summary =
        TreeCodec.readValue(pages.answer("node-1", "GET", "/stats/summary").body().getBytes(UTF_8));
    JsonNode container = summary.at("/pods/0/containers/0");
    assertThat(summary.at("/node/nodeName").asString()).isEqualTo("node-1");
    assertThat(summary.at("/pods/0/podRef/name").asString()).isEqualTo("web");
    assertThat(container.at("/name").asString()).isEqualTo("web");
    assertThat(container.at("/cpu/usageNanoCores").longValue()).isPositive();
    assertThat(container.at("/memory/workingSetBytes").longValue()).isPositive();
    assertThat(summary.at("/node/memory/workingSetBytes"))
        .isEqualTo(container.at("/memory/workingSetBytes"))
        .isEqualTo(summary.at("/pods/0/memory/workingSetBytes"));
    assertThat(pages.answer("node-1", "GET", "/metrics/resource").body())
        .contains("container_cpu_usage_seconds_total{container=\"web\",namespace=\"default\"")
        .contains("pod_memory_working_set_bytes{namespace=\"default\",pod=\"web\"}")
        .contains("\nresource_scrape_error 0\n");
    assertThat(pages.answer("other", "GET", "/stats/summary").code()).isEqualTo(404);

    long before = usage.summary().at("/node/cpu/usageCoreNanoSeconds").longValue();
    api.resource(Kinds.POD).delete(key, Deletion.DEFAULT);
    api.await(() -> api.find(Kinds.POD, key).isEmpty());
    assertThat(usage.summary().at("/node/cpu/usageCoreNanoSeconds").longValue())
        .as("what a pod used stays used")
        .isPositive()
        .isGreaterThanOrEqualTo(before);
  }

  @Test
  void itShowsTheLogsOfItsPodsAsAFolder() throws InterruptedException {
    giveAddresses();
    Pod talker =
        new PodBuilder(pod("talker", "busybox"))
            .editSpec()
            .editFirstContainer()
            .withCommand("sh", "-c", "echo hello there; sleep 1000")
            .endContainer()
            .endSpec()
            .build();
    api.resource(Kinds.POD).create(talker);
    ObjectKey key = ObjectKey.of("default", "talker");
    Pod running = api.await(Kinds.POD, key, one -> is(one, "Ready", "True"));
    NodePages pages = new NodePages(kubelet::pods, kubelet::usage, runtime, Map.of());
    String folder = "/logs/pods/default_talker_" + running.getMetadata().getUid();

    assertThat(pages.answer("node-1", "GET", "/logs/").body())
        .contains("<a href=\"pods/\">pods/</a>");
    assertThat(pages.answer("node-1", "GET", "/logs/pods/").body()).contains("default_talker_");
    assertThat(pages.answer("node-1", "GET", folder + "/").body()).contains(">web/</a>");
    assertThat(pages.answer("node-1", "GET", folder + "/web").body()).contains(">0.log</a>");
    api.await(
        () ->
            pages
                .answer("node-1", "GET", folder + "/web/0.log")
                .body()
                .endsWith("Z stdout F hello there\n"));
    for (String nowhere :
        List.of("/logs/x", "/logs/pods/y", folder + "/z", folder + "/web/1.log")) {
      assertThat(pages.answer("node-1", "GET", nowhere).code()).as(nowhere).isEqualTo(404);
    }
  }

  private long statusWrites() {
    return api.writes().stream()
        .filter(write -> write.type().resource().equals("pods"))
        .filter(write -> write.subresource().equals("status"))
        .count();
  }

  private String get(String address) throws Exception {
    try (Connection connection =
        network
            .node("127.7.1.9")
            .host()
            .dial(Protocol.TCP, new Endpoint(address, 80), Duration.ofSeconds(1))) {
      return HttpCall.get("/", address, "test").send(connection).text();
    }
  }

  @Test
  void aPodMaySelectALabelThatTheNodeWasGivenLater() throws InterruptedException {
    giveAddresses();
    api.resource(Kinds.NODE)
        .patch(NODE, new Patch.Merge("{\"metadata\":{\"labels\":{\"zone\":\"a\"}}}"));
    Pod pod =
        new PodBuilder(pod("picky", "nginx"))
            .editSpec()
            .addToNodeSelector("zone", "a")
            .endSpec()
            .build();
    api.resource(Kinds.POD).create(pod);
    assertThat(
            api.await(
                    Kinds.POD,
                    ObjectKey.of("default", "picky"),
                    one -> one.getStatus() != null && !"Pending".equals(one.getStatus().getPhase()))
                .getStatus()
                .getPhase())
        .isEqualTo("Running");
  }

  @Test
  void anExtendedResourceOfTheCapacityIsAllocatableWhileItIsThere() throws InterruptedException {
    giveAddresses();
    capacity("\"1000\"");
    api.await(
        Kinds.NODE,
        NODE,
        node -> node.getStatus().getAllocatable().containsKey("example.com/fake"));
    capacity("null");
    Node without =
        api.await(
            Kinds.NODE,
            NODE,
            node -> !node.getStatus().getAllocatable().containsKey("example.com/fake"));
    assertThat(without.getStatus().getCapacity()).containsOnlyKeys("cpu", "pods");
  }

  private void capacity(String amount) {
    api.status(Kinds.NODE)
        .patch(
            NODE,
            new Patch.Merge("{\"status\":{\"capacity\":{\"example.com/fake\":" + amount + "}}}"));
  }
}
