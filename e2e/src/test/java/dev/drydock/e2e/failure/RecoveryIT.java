package dev.drydock.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Kinds;
import dev.drydock.e2e.cluster.TestLab;
import dev.drydock.e2e.cluster.Watched;
import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.RunningProcess;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each part of a lab fails, and the lab recovers: what is wanted is there, once, and nothing is
/// left over. Kubernetes' durations, a tenth of each.
class RecoveryIT {
  private static final double TIME_SCALE = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static TestLab lab;
  private static Invariants invariants;
  private static Watched<Pod> pods;
  private static Watched<Node> nodes;

  @BeforeAll
  static void start() {
    lab = TestLab.start(3, TIME_SCALE);
    invariants = new Invariants(lab);
    pods = lab.watch(Kinds.POD);
    nodes = lab.watch(Kinds.NODE);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @AfterEach
  void clean() {
    lab.kubectl("delete", "deployments,services", "-l", "test=recovery", "--timeout=60s");
    pods.await("no pods are left", PATIENCE, List::isEmpty);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd",
        "api-server",
        "controller-manager",
        "scheduler",
        "kubelet-node-2",
        "kube-proxy-node-2"
      })
  void aComponentIsKilledDuringARolloutAndStartedAgain(String name) {
    deployment("roll", 6);
    lab.kubectl("rollout", "status", "deployment/roll", "--timeout=60s");
    lab.kubectl("set", "image", "deployment/roll", "nginx=nginx:1.29");
    Component component = lab.component(name);

    lab.lab().require(component).kill();
    lab.lab().start(component, lab.topology());

    invariants.awaitRecovery(PATIENCE);
    assertThat(pods.now())
        .allMatch(p -> p.getSpec().getContainers().getFirst().getImage().equals("nginx:1.29"));
  }

  @Test
  void etcdIsPausedForLongerThanARequestMayTake() {
    deployment("paused", 3);
    lab.kubectl("rollout", "status", "deployment/paused", "--timeout=60s");
    RunningProcess etcd = lab.lab().require(lab.component("etcd"));

    etcd.pause();
    TestLab.Output refused =
        lab.tryKubectl("", "create", "configmap", "lost", "--request-timeout=60s");
    etcd.resume();

    assertThat(refused.code()).isNotZero();
    lab.kubectl("scale", "deployment/paused", "--replicas=5");
    invariants.awaitRecovery(PATIENCE);
  }

  @Test
  void theApiServerIsRestartedWithWatchesOpen() {
    deployment("watched", 4);
    lab.kubectl("rollout", "status", "deployment/watched", "--timeout=60s");
    Component apiServer = lab.component("api-server");

    lab.lab().stop(List.of(apiServer));
    lab.lab().start(apiServer, lab.topology());
    lab.awaitAnswer();
    lab.kubectl("scale", "deployment/watched", "--replicas=7");

    invariants.awaitRecovery(PATIENCE);
    assertThat(pods.now()).hasSize(7);
  }

  @Test
  void aPausedNodeIsEvictedAndReconciledWhenItComesBack() {
    deployment("evicted", 6);
    lab.kubectl("rollout", "status", "deployment/evicted", "--timeout=60s");
    RunningProcess kubelet = lab.lab().require(lab.component("kubelet-node-3"));

    kubelet.pause();
    nodes.await("node-3 is seen to be gone", PATIENCE, all -> !isReady(all, "node-3"));
    nodes.await(
        "node-3 is tainted so that its pods are evicted",
        PATIENCE,
        all -> hasTaint(all, "node-3", "node.kubernetes.io/unreachable", "NoExecute"));
    pods.await(
        "its pods are replaced on other nodes",
        PATIENCE,
        all ->
            all.stream().filter(RecoveryIT::isReadyPod).filter(p -> !on(p, "node-3")).count() == 6);
    kubelet.resume();

    nodes.await("node-3 is back", PATIENCE, all -> isReady(all, "node-3"));
    invariants.awaitRecovery(PATIENCE);
  }

  @Test
  void podsAreScheduledWhenTheSchedulerComesBack() {
    Component scheduler = lab.component("scheduler");
    lab.lab().require(scheduler).kill();
    deployment("waiting", 5);
    pods.await(
        "five pods without a node",
        PATIENCE,
        all -> all.size() == 5 && all.stream().allMatch(p -> p.getSpec().getNodeName() == null));

    lab.lab().start(scheduler, lab.topology());

    invariants.awaitRecovery(PATIENCE);
    assertThat(nodesOf(pods.now())).hasSize(3);
  }

  @Test
  void aStandbyControllerManagerTakesOverWhenTheLeaderDies() throws Exception {
    Component first = lab.component("controller-manager");
    List<String> flags =
        lab.lab().flags(first, lab.topology()).stream()
            .map(flag -> flag.startsWith("--secure-port=") ? "--secure-port=20257" : flag)
            .toList();
    Process standby =
        new ProcessBuilder(Installation.current().command(Role.CONTROLLER_MANAGER, flags))
            .redirectErrorStream(true)
            .redirectOutput(lab.folder().resolve("standby.log").toFile())
            .start();
    try {
      deployment("led", 3);
      lab.kubectl("rollout", "status", "deployment/led", "--timeout=60s");

      lab.lab().require(first).kill();
      lab.kubectl("scale", "deployment/led", "--replicas=6");

      invariants.awaitRecovery(PATIENCE);
    } finally {
      lab.lab().start(first, lab.topology());
      standby.destroy();
      standby.waitFor();
    }
  }

  @Test
  void aNodeIsRemovedForGood() {
    String name = lab.lab().addNode("node-9").name();
    nodes.await("the new node is Ready", PATIENCE, all -> isReady(all, name));
    deployment("moved", 8);
    lab.kubectl("rollout", "status", "deployment/moved", "--timeout=60s");
    assertThat(nodesOf(pods.now())).contains(name);

    lab.lab().removeNode(lab.node(name));

    pods.await(
        "no pod is on the removed node",
        PATIENCE,
        all -> all.stream().noneMatch(pod -> on(pod, name)));
    invariants.awaitRecovery(PATIENCE);
  }

  private static void deployment(String name, int replicas) {
    lab.kubectl("create", "deployment", name, "--image=nginx", "--replicas=" + replicas);
    lab.kubectl("label", "deployment", name, "test=recovery");
    lab.kubectl("expose", "deployment", name, "--port=80", "--type=NodePort");
    lab.kubectl("label", "service", name, "test=recovery", "--overwrite");
  }

  /// The first answer that the restarted api-server gives.
  private static boolean isReady(List<Node> all, String name) {
    return all.stream()
        .filter(node -> node.getMetadata().getName().equals(name))
        .flatMap(node -> node.getStatus().getConditions().stream())
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static boolean hasTaint(List<Node> all, String name, String key, String effect) {
    return all.stream()
        .filter(node -> node.getMetadata().getName().equals(name))
        .flatMap(node -> node.getSpec().getTaints().stream())
        .anyMatch(taint -> taint.getKey().equals(key) && taint.getEffect().equals(effect));
  }

  private static boolean isReadyPod(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static boolean on(Pod pod, String node) {
    return node.equals(pod.getSpec().getNodeName());
  }

  private static Set<String> nodesOf(List<Pod> all) {
    return all.stream().map(p -> p.getSpec().getNodeName()).collect(Collectors.toSet());
  }
}
