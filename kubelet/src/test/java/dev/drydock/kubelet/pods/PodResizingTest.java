package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Change;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pods that are resized on a node of 4 CPUs.
final class PodResizingTest {
  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final RecordedEvents events = new RecordedEvents();
  private final FakeRuntime runtime = new FakeRuntime(clock);
  private final PodAgent agent = NodeFixture.agent(clock, api, runtime, events);
  private final Map<String, Pod> seen = new HashMap<>();

  private void run(String name, String cpu, String policy) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName(name)
            .withGeneration(1L)
            .endMetadata()
            .withNewSpec()
            .withNodeName("node-1")
            .addNewContainer()
            .withName("c")
            .withImage("nginx:1")
            .withNewResources()
            .addToRequests("cpu", Quantity.parse(cpu))
            .endResources()
            .addNewResizePolicy("cpu", policy)
            .endContainer()
            .endSpec()
            .build();
    Pod stored = api.resource(Kinds.POD).create(pod);
    seen.put(name, stored);
    agent.changed(new Change.Added<>(stored));
    pass(Duration.ofSeconds(1));
  }

  /// Lets time pass; the agent sees what was written.
  private void pass(Duration time) {
    clock.advance(time);
    seen.replaceAll(
        (name, before) -> {
          Pod now = stored(name);
          agent.changed(new Change.Updated<>(before, now));
          return now;
        });
    clock.runDue();
  }

  private void resize(String name, String cpu) {
    Pod pod = stored(name);
    api.resource(Kinds.POD)
        .update(
            new PodBuilder(pod)
                .editMetadata()
                .withGeneration(pod.getMetadata().getGeneration() + 1)
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .editResources()
                .addToRequests("cpu", Quantity.parse(cpu))
                .endResources()
                .endContainer()
                .endSpec()
                .build());
    pass(Duration.ZERO);
  }

  private Pod stored(String name) {
    return api.find(Kinds.POD, ObjectKey.of("default", name)).orElseThrow();
  }

  private ContainerStatus status(String name) {
    return stored(name).getStatus().getContainerStatuses().getFirst();
  }

  private Optional<PodCondition> condition(String name, String type) {
    return stored(name).getStatus().getConditions().stream()
        .filter(one -> one.getType().equals(type))
        .findFirst();
  }

  private String has(String name) {
    return status(name).getResources().getRequests().get("cpu")
        + " of "
        + status(name).getAllocatedResources().get("cpu");
  }

  @Test
  void aContainerIsResizedWhileItRuns() {
    run("a", "1", "NotRequired");
    resize("a", "2");
    pass(Duration.ofMillis(100));
    assertThat(has("a")).isEqualTo("1 of 2");
    assertThat(condition("a", "PodResizeInProgress").orElseThrow().getObservedGeneration())
        .isEqualTo(2);

    pass(Duration.ofSeconds(2));
    assertThat(has("a")).isEqualTo("2 of 2");
    assertThat(condition("a", "PodResizeInProgress")).isEmpty();
    assertThat(status("a").getRestartCount()).isZero();
    assertThat(events.reasons()).contains("ResizeStarted", "ResizeCompleted");
  }

  @Test
  void aContainerIsRestartedWhereItsPolicySaysSo() {
    run("a", "1", "RestartContainer");
    resize("a", "2");
    runtime.exit("c", 0);
    pass(Duration.ofSeconds(2));
    assertThat(has("a")).isEqualTo("2 of 2");
    assertThat(status("a").getRestartCount()).isOne();
    assertThat(condition("a", "PodResizeInProgress")).isEmpty();
  }

  @Test
  void whatTheNodeHasNoRoomForIsDeferredUntilThereIsSome() {
    run("a", "1", "NotRequired");
    run("b", "2", "NotRequired");
    resize("a", "3");
    pass(Duration.ofMillis(100));
    PodCondition pending = condition("a", "PodResizePending").orElseThrow();
    assertThat(pending.getReason()).isEqualTo("Deferred");
    assertThat(pending.getMessage())
        .isEqualTo(
            "Node didn't have enough resource: cpu, requested: 3000, used: 2000, capacity: 4000");
    assertThat(has("a")).isEqualTo("1 of 1");

    resize("b", "1");
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(2));
    assertThat(has("a")).isEqualTo("3 of 3");
    assertThat(condition("a", "PodResizePending")).isEmpty();
  }

  @Test
  void whatTheNodeNeverHasRoomForIsInfeasible() {
    run("a", "1", "NotRequired");
    resize("a", "5");
    pass(Duration.ofMillis(100));
    PodCondition pending = condition("a", "PodResizePending").orElseThrow();
    assertThat(pending.getReason()).isEqualTo("Infeasible");
    assertThat(pending.getMessage())
        .isEqualTo("Node didn't have enough capacity: cpu, requested: 5000, capacity: 4000");
  }
}
