package dev.drydock.kubelet.pods;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Change;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// One pod, `web`, on a node whose clock stands still: everything runs on the test's thread.
final class PodOnNode {
  static final ObjectKey WEB = ObjectKey.of("default", "web");

  final FakeClock clock = new FakeClock();
  final FakeApi api = new FakeApi(clock);
  final FakeRuntime runtime = new FakeRuntime(clock);
  final RecordedEvents events = new RecordedEvents();
  private PodAgent agent = NodeFixture.agent(clock, api, runtime, events);
  private Pod last = new Pod();

  static ContainerBuilder container(String name) {
    return new ContainerBuilder().withName(name).withImage("nginx:1");
  }

  private static PodBuilder pod(Container... containers) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-1")
        .withContainers(containers)
        .endSpec();
  }

  /// Puts the pod on the node, and lets a second pass.
  void run(UnaryOperator<PodBuilder> change, Container... containers) {
    last = api.resource(Kinds.POD).create(change.apply(pod(containers)).build());
    agent.changed(new Change.Added<>(last));
    pass(Duration.ofSeconds(1));
  }

  /// Lets time pass; the agent sees what was written.
  void pass(Duration time) {
    clock.advance(time);
    api.find(Kinds.POD, WEB)
        .ifPresent(
            pod -> {
              agent.changed(new Change.Updated<>(last, pod));
              last = pod;
            });
    clock.runDue();
  }

  /// Another process of the kubelet finds the pod as it is stored.
  void restartKubelet() {
    agent = NodeFixture.agent(clock, api, runtime, events);
    agent.changed(new Change.Added<>(stored()));
  }

  Pod stored() {
    return api.find(Kinds.POD, WEB).orElseThrow();
  }

  ContainerStatus status(String container) {
    return stored().getStatus().getContainerStatuses().stream()
        .filter(one -> one.getName().equals(container))
        .findFirst()
        .orElseThrow();
  }

  ContainerStatus initStatus(String container) {
    return stored().getStatus().getInitContainerStatuses().stream()
        .filter(one -> one.getName().equals(container))
        .findFirst()
        .orElseThrow();
  }

  String condition(String type) {
    return stored().getStatus().getConditions().stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }
}
