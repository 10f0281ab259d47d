package dev.drydock.scheduler;

import static dev.drydock.testkit.objects.Objects.aNode;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The whole scheduler over the fake API.
class SchedulerTest {
  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final SharedInformers informers = new SharedInformers(api, clock, new Random(1));
  private final RecordedEvents events = new RecordedEvents();
  private final Metrics metrics = new Metrics();
  private final Scheduler scheduler = newScheduler();

  private Scheduler newScheduler() {
    return new Scheduler(
        SchedulerSettings.DEFAULT,
        new Scheduler.World(
            api, clock, clock, new Random(1), events, InteractionLog.SILENT, metrics),
        informers);
  }

  private void start() {
    informers.start();
    scheduler.start();
  }

  @AfterEach
  void close() {
    scheduler.close();
    informers.close();
    api.assertNothingMutated();
  }

  private static ObjectKey key(String name) {
    return ObjectKey.of("default", name);
  }

  private Pod awaitNode(String name) throws InterruptedException {
    return api.await(Kinds.POD, key(name), pod -> pod.getSpec().getNodeName() != null);
  }

  private static Optional<PodCondition> scheduled(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("PodScheduled"))
        .findFirst();
  }

  private void awaitEvents(int count) throws InterruptedException {
    api.await(() -> events.all().size() >= count);
  }

  @Test
  void aPodIsBoundAndTheBindingNamesItsCause() throws InterruptedException {
    api.given(aNode("node-1").build());
    start();
    Pod created = api.resource(Kinds.POD).create(aPod("web-1").build());
    awaitNode("web-1");
    scheduler.close();

    assertThat(events.all())
        .extracting(Object::toString)
        .containsExactly(
            "Normal Scheduled Pod default/web-1: Successfully assigned default/web-1 to node-1");
    assertThat(api.writes().getLast().causes())
        .extracting(Object::toString)
        .containsExactly(created.getMetadata().getResourceVersion());
    assertThat(metrics.text())
        .contains(
            "scheduler_schedule_attempts_total{profile=\"default-scheduler\",result=\"scheduled\"}"
                + " 1");
  }

  @Test
  void podsOfOneWorkloadSpreadOverTheNodes() throws InterruptedException {
    for (int i = 1; i <= 3; i++) {
      api.given(aNode("node-" + i).build());
    }
    start();
    for (int i = 1; i <= 6; i++) {
      api.resource(Kinds.POD).create(aPod("web-" + i).requesting("cpu", "100m").build());
    }
    for (int i = 1; i <= 6; i++) {
      awaitNode("web-" + i);
    }
    assertThat(api.all(Kinds.POD))
        .extracting(pod -> pod.getSpec().getNodeName())
        .containsExactlyInAnyOrder("node-1", "node-1", "node-2", "node-2", "node-3", "node-3");
  }

  @Test
  void aPodThatFitsNowhereSaysWhyAndIsPlacedOnceANodeComes() throws InterruptedException {
    api.given(
        aNode("node-1").room("cpu", "1").build(),
        aNode("node-2").tainted("gpu", "", "NoSchedule").build());
    start();
    api.resource(Kinds.POD).create(aPod("big").requesting("cpu", "2").build());
    String message =
        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s)."
            + " preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";
    Pod waiting = api.await(Kinds.POD, key("big"), pod -> scheduled(pod).isPresent());

    assertThat(scheduled(waiting))
        .hasValueSatisfying(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo("False");
              assertThat(condition.getReason()).isEqualTo("Unschedulable");
              assertThat(condition.getMessage()).isEqualTo(message);
            });
    assertThat(events.all().getFirst())
        .hasToString("Warning FailedScheduling Pod default/big: " + message);

    clock.awaitPending(2);
    clock.advance(Duration.ofSeconds(1));
    api.given(aNode("node-3").build());
    assertThat(awaitNode("big").getSpec().getNodeName()).isEqualTo("node-3");
  }

  @Test
  void aPodThatCouldNotBeBoundIsTriedAgainAfterItsBackoff() throws InterruptedException {
    api.given(aNode("node-1").build());
    api.failNext("create", Kinds.POD, 1, ApiException.internalError("not now"));
    api.given(aPod("web-1").build());
    start();
    clock.awaitPending(2);
    assertThat(api.find(Kinds.POD, key("web-1")).orElseThrow().getSpec().getNodeName()).isNull();
    clock.advance(Duration.ofSeconds(1));
    awaitNode("web-1");
  }

  @Test
  void podsOfOtherSchedulersAndDeletedAndGatedPodsAreLeftAlone() throws InterruptedException {
    api.given(aNode("node-1").build());
    api.given(
        aPod("other").with(b -> b.editSpec().withSchedulerName("mine").endSpec()).build(),
        aPod("gated")
            .with(b -> b.editSpec().withSchedulingGates(new PodSchedulingGate("wait")).endSpec())
            .build(),
        aPod("web-1").build());
    start();
    awaitNode("web-1");
    Pod gated = api.await(Kinds.POD, key("gated"), pod -> scheduled(pod).isPresent());

    assertThat(scheduled(gated).orElseThrow().getReason()).isEqualTo("SchedulingGated");
    assertThat(api.find(Kinds.POD, key("other")).orElseThrow().getSpec().getNodeName()).isNull();
    api.given(aPod("gated").revision(0).build());
    awaitNode("gated");
  }

  @Test
  void roomThatADeletedPodLeavesIsUsed() throws InterruptedException {
    api.given(aNode("node-1").room("pods", "1").build());
    api.given(aPod("old").on("node-1").build());
    api.given(aPod("new").build());
    start();
    api.await(Kinds.POD, key("new"), pod -> scheduled(pod).isPresent());
    awaitEvents(1);
    clock.advance(Duration.ofSeconds(1));
    api.resource(Kinds.POD).delete(key("old"), Deletion.IMMEDIATE);
    awaitNode("new");
  }

  @Test
  void lessImportantPodsMakeRoom() throws InterruptedException {
    api.given(aNode("node-1").room("cpu", "1").build());
    api.given(
        aPod("low").on("node-1").priority(1).requesting("cpu", "600m").build(),
        aPod("lower").on("node-1").requesting("cpu", "400m").build(),
        aPod("high").priority(100).requesting("cpu", "400m").build());
    start();
    Pod nominated =
        api.await(Kinds.POD, key("high"), pod -> pod.getStatus().getNominatedNodeName() != null);
    api.await(Kinds.POD, key("lower"), pod -> pod.getMetadata().getDeletionTimestamp() != null);

    assertThat(nominated.getStatus().getNominatedNodeName()).isEqualTo("node-1");
    assertThat(scheduled(nominated).orElseThrow().getMessage())
        .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
    assertThat(api.find(Kinds.POD, key("low")).orElseThrow().getMetadata())
        .satisfies(metadata -> assertThat(metadata.getDeletionTimestamp()).isNull());

    api.resource(Kinds.POD).create(aPod("late").requesting("cpu", "400m").build());
    api.await(Kinds.POD, key("late"), pod -> scheduled(pod).isPresent());
    clock.advance(Duration.ofSeconds(1));
    api.resource(Kinds.POD).delete(key("lower"), Deletion.IMMEDIATE);
    awaitNode("high");
    assertThat(api.find(Kinds.POD, key("late")).orElseThrow().getSpec().getNodeName()).isNull();
  }
}
