package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Change;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// One pod's worker on a clock that stands still: everything runs on the test's thread.
final class PodWorkerTest {
  private static final ObjectKey WEB = ObjectKey.of("default", "web");

  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final FakeRuntime runtime = new FakeRuntime(clock);
  private final RecordedEvents events = new RecordedEvents();
  private PodAgent agent = agent();
  private Pod last = new Pod();

  private PodAgent agent() {
    return NodeFixture.agent(clock, api, runtime, events);
  }

  private static ContainerBuilder container(String name) {
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

  /// Puts the pod on the node.
  private void bind(Pod pod) {
    last = api.resource(Kinds.POD).create(pod);
    agent.changed(new Change.Added<>(last));
  }

  /// Lets time pass; the agent sees what was written.
  private void pass(Duration time) {
    clock.advance(time);
    api.find(Kinds.POD, WEB)
        .ifPresent(
            pod -> {
              agent.changed(new Change.Updated<>(last, pod));
              last = pod;
            });
    clock.runDue();
  }

  private Pod stored() {
    return api.find(Kinds.POD, WEB).orElseThrow();
  }

  private ContainerStatus status(String container) {
    return stored().getStatus().getContainerStatuses().stream()
        .filter(one -> one.getName().equals(container))
        .findFirst()
        .orElseThrow();
  }

  private String condition(String type) {
    return stored().getStatus().getConditions().stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }

  private void run(UnaryOperator<PodBuilder> change, Container... containers) {
    bind(change.apply(pod(containers)).build());
    pass(Duration.ofSeconds(1));
  }

  @Test
  void aPodBecomesReadyInTwoWrites() {
    run(pod -> pod, container("main").build());
    assertThat(stored().getStatus().getPhase()).isEqualTo("Running");
    assertThat(condition("Ready")).isEqualTo("True");
    assertThat(api.writes()).hasSize(3); // create, ContainerCreating, Running
    assertThat(events.reasons()).containsExactly("Pulling", "Pulled", "Created", "Started");
    assertThat(events.all().get(2).message()).isEqualTo("Container created");
  }

  @Test
  void everyWriteNamesTheBindingAsItsCause() {
    run(pod -> pod, container("main").build());
    var created = api.writes().getFirst().revision();
    assertThat(api.writes().subList(1, 3)).allMatch(write -> write.causes().contains(created));
  }

  @Test
  void aCrashIsRepeatedWithGrowingPauses() {
    run(pod -> pod, container("main").build());
    runtime.exit("main", 1);
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getRestartCount()).isEqualTo(1);
    assertThat(status("main").getLastState().getTerminated().getExitCode()).isEqualTo(1);

    runtime.exit("main", 1);
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
    assertThat(status("main").getState().getWaiting().getMessage())
        .startsWith("back-off 10s restarting failed container=main pod=web_default(");
    assertThat(condition("Ready")).isEqualTo("False");
    assertThat(stored().getStatus().getPhase()).isEqualTo("Running");

    pass(Duration.ofSeconds(10));
    assertThat(status("main").getRestartCount()).isEqualTo(2);
    runtime.exit("main", 1);
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getState().getWaiting().getMessage()).startsWith("back-off 20s");
  }

  @Test
  void aJobsPodSucceeds() {
    run(pod -> pod.editSpec().withRestartPolicy("Never").endSpec(), container("main").build());
    runtime.exit("main", 0);
    pass(Duration.ofSeconds(1));
    assertThat(stored().getStatus().getPhase()).isEqualTo("Succeeded");
    assertThat(status("main").getState().getTerminated().getReason()).isEqualTo("Completed");
    assertThat(stored().getStatus().getPodIP()).isEqualTo("10.244.1.2");
  }

  @Test
  void onFailureRestartsFailuresOnly() {
    run(pod -> pod.editSpec().withRestartPolicy("OnFailure").endSpec(), container("main").build());
    runtime.exit("main", 3);
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getRestartCount()).isEqualTo(1);
    runtime.exit("main", 0);
    pass(Duration.ofSeconds(1));
    assertThat(stored().getStatus().getPhase()).isEqualTo("Succeeded");
  }

  @Test
  void initContainersComeOneByOneAndSidecarsStay() {
    run(
        pod ->
            pod.editSpec()
                .withInitContainers(
                    container("first").build(),
                    container("sidecar").withRestartPolicy("Always").build(),
                    container("second").build())
                .endSpec(),
        container("main").build());
    assertThat(runtime.calls).containsExactly("start first");
    assertThat(status("main").getState().getWaiting().getReason()).isEqualTo("PodInitializing");
    runtime.exit("first", 0);
    pass(Duration.ofSeconds(1));
    assertThat(runtime.calls).containsExactly("start first", "start sidecar", "start second");
    assertThat(condition("Initialized")).isEqualTo("False");
    runtime.exit("second", 0);
    pass(Duration.ofSeconds(1));
    assertThat(runtime.calls).endsWith("start main");
    assertThat(condition("Initialized")).isEqualTo("True");
    assertThat(condition("Ready")).isEqualTo("True");
  }

  @Test
  void aDeletedPodGetsItsGraceAndThenGoes() {
    run(pod -> pod, container("main").build());
    api.resource(Kinds.POD).delete(WEB, Deletion.DEFAULT);
    pass(Duration.ofSeconds(1));
    assertThat(runtime.calls).endsWith("stop main 30s");
    assertThat(events.all()).anyMatch(e -> e.message().equals("Stopping container main"));
    runtime.exit("main", 0);
    pass(Duration.ofSeconds(1));
    assertThat(api.find(Kinds.POD, WEB)).isEmpty();
    assertThat(api.writes().getLast().verb()).isEqualTo("delete");
  }

  @Test
  void sidecarsStopAfterTheOthers() {
    run(
        pod ->
            pod.editSpec()
                .withInitContainers(container("side").withRestartPolicy("Always").build())
                .endSpec(),
        container("main").build());
    pass(Duration.ofSeconds(1));
    api.resource(Kinds.POD).delete(WEB, Deletion.DEFAULT);
    pass(Duration.ofSeconds(1));
    assertThat(runtime.calls).contains("stop main 30s").doesNotContain("stop side 30s");
    runtime.exit("main", 0);
    pass(Duration.ofSeconds(1));
    assertThat(runtime.calls).endsWith("stop side 30s");
    runtime.exit("side", 143);
    pass(Duration.ofSeconds(1));
    assertThat(api.find(Kinds.POD, WEB)).isEmpty();
  }

  @Test
  void hooksRunAfterTheStartAndBeforeTheStop() {
    run(
        pod -> pod,
        container("main")
            .withNewLifecycle()
            .withNewPostStart()
            .withNewExec()
            .withCommand("hello")
            .endExec()
            .endPostStart()
            .withNewPreStop()
            .withNewExec()
            .withCommand("bye")
            .endExec()
            .endPreStop()
            .endLifecycle()
            .build());
    assertThat(runtime.calls).containsExactly("start main", "exec hello");
    assertThat(condition("Ready")).isEqualTo("True");
    api.resource(Kinds.POD).delete(WEB, Deletion.DEFAULT);
    pass(Duration.ofSeconds(1));
    assertThat(runtime.calls).endsWith("exec bye", "stop main 30s");
  }

  @Test
  void aReadinessProbeDecidesOverReadyAndALivenessProbeOverLife() {
    runtime.execCodes.put("ready", 1);
    run(
        pod -> pod,
        container("main")
            .withNewReadinessProbe()
            .withNewExec()
            .withCommand("ready")
            .endExec()
            .withPeriodSeconds(5)
            .endReadinessProbe()
            .withNewLivenessProbe()
            .withNewExec()
            .withCommand("alive")
            .endExec()
            .endLivenessProbe()
            .build());
    assertThat(condition("Ready")).isEqualTo("False");
    assertThat(events.all()).anyMatch(e -> e.message().startsWith("Readiness probe failed"));
    runtime.execCodes.put("ready", 0);
    pass(Duration.ofSeconds(5));
    pass(Duration.ofSeconds(1));
    assertThat(condition("Ready")).isEqualTo("True");

    runtime.execCodes.put("alive", 1);
    pass(Duration.ofSeconds(30));
    pass(Duration.ofSeconds(1));
    assertThat(events.all())
        .anyMatch(
            e -> e.message().equals("Container main failed liveness probe, will be restarted"));
    assertThat(runtime.calls).endsWith("stop main 30s");
    runtime.exit("main", 137);
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getRestartCount()).isEqualTo(1);
  }

  @Test
  void aStartupProbeComesFirst() {
    runtime.execCodes.put("up", 1);
    run(
        pod -> pod,
        container("main")
            .withNewStartupProbe()
            .withNewExec()
            .withCommand("up")
            .endExec()
            .withPeriodSeconds(1)
            .withFailureThreshold(30)
            .endStartupProbe()
            .build());
    assertThat(status("main").getStarted()).isFalse();
    runtime.execCodes.put("up", 0);
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getStarted()).isTrue();
    assertThat(condition("Ready")).isEqualTo("True");
  }

  @Test
  void aMissingConfigMapIsWaitedFor() {
    run(
        pod ->
            pod.editSpec()
                .addNewVolume()
                .withName("cfg")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .endSpec(),
        container("main").build());
    assertThat(events.all())
        .anyMatch(
            e ->
                e.message()
                    .equals(
                        "MountVolume.SetUp failed for volume \"cfg\" : configmap \"settings\" not"
                            + " found"));
    assertThat(runtime.calls).isEmpty();
    api.given(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("settings")
            .endMetadata()
            .addToData("key", "value")
            .build());
    pass(Duration.ofSeconds(3));
    pass(Duration.ofSeconds(1));
    assertThat(runtime.calls).containsExactly("start main");
  }

  @Test
  void anUnknownProgramIsAStartError() {
    run(pod -> pod, container("main").withCommand("missing").build());
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getLastState().getTerminated().getReason()).isEqualTo("StartError");
    assertThat(status("main").getLastState().getTerminated().getExitCode()).isEqualTo(128);
    assertThat(status("main").getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
  }

  @Test
  void aPodThatDoesNotFitIsTurnedAway() {
    run(
        pod -> pod,
        container("main")
            .withNewResources()
            .addToRequests("cpu", new io.fabric8.kubernetes.api.model.Quantity("5"))
            .endResources()
            .build());
    assertThat(stored().getStatus().getPhase()).isEqualTo("Failed");
    assertThat(stored().getStatus().getReason()).isEqualTo("OutOfcpu");
    assertThat(stored().getStatus().getMessage())
        .isEqualTo(
            "Pod was rejected: Node didn't have enough resource: cpu, requested: 5000, used: 0,"
                + " capacity: 4000");
  }

  @Test
  void aDeadlineEndsThePod() {
    run(pod -> pod.editSpec().withActiveDeadlineSeconds(5L).endSpec(), container("main").build());
    pass(Duration.ofSeconds(5));
    assertThat(runtime.calls).endsWith("stop main 30s");
    runtime.exit("main", 143);
    pass(Duration.ofSeconds(1));
    assertThat(stored().getStatus().getPhase()).isEqualTo("Failed");
    assertThat(stored().getStatus().getReason()).isEqualTo("DeadlineExceeded");
  }

  @Test
  void anotherLifeOfTheKubeletStartsContainersAgain() {
    run(pod -> pod, container("main").build());
    agent = agent();
    agent.changed(new Change.Added<>(stored()));
    pass(Duration.ofSeconds(1));
    assertThat(status("main").getRestartCount()).isEqualTo(1);
    assertThat(status("main").getLastState().getTerminated().getExitCode()).isEqualTo(255);
    assertThat(events.reasons()).contains("SandboxChanged");
    assertThat(condition("Ready")).isEqualTo("True");
  }

  @Test
  void aConditionThatAnotherTurnedIsTurnedBack() {
    run(pod -> pod, container("main").build());
    long writes = api.writes().size();
    pass(Duration.ofSeconds(1));
    assertThat(api.writes()).hasSize((int) writes);
    api.status(Kinds.POD)
        .patch(
            WEB,
            new dev.drydock.client.resource.Patch.StrategicMerge(
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}"));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(condition("Ready")).isEqualTo("True");
  }
}
