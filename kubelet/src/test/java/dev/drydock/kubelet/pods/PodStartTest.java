package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What it takes until the containers of a pod run.
final class PodStartTest {
  private final PodOnNode node = new PodOnNode();

  @Test
  void aMissingConfigMapIsWaitedFor() {
    node.run(
        pod ->
            pod.editSpec()
                .addNewVolume()
                .withName("cfg")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .endSpec(),
        PodOnNode.container("main").build());
    assertThat(node.events.all())
        .anyMatch(
            e ->
                e.message()
                    .equals(
                        "MountVolume.SetUp failed for volume \"cfg\" : configmap \"settings\" not"
                            + " found"));
    assertThat(node.runtime.calls).isEmpty();
    node.api.given(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("settings")
            .endMetadata()
            .addToData("key", "value")
            .build());
    node.pass(Duration.ofSeconds(3));
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).containsExactly("start main");
  }

  @Test
  void anUnknownProgramIsAStartError() {
    node.run(pod -> pod, PodOnNode.container("main").withCommand("missing").build());
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getLastState().getTerminated().getReason())
        .isEqualTo("StartError");
    assertThat(node.status("main").getLastState().getTerminated().getExitCode()).isEqualTo(128);
    assertThat(node.status("main").getState().getWaiting().getReason())
        .isEqualTo("CrashLoopBackOff");
  }

  @Test
  void aPodThatDoesNotFitIsTurnedAway() {
    node.run(
        pod -> pod,
        PodOnNode.container("main")
            .withNewResources()
            .addToRequests("cpu", new Quantity("5"))
            .endResources()
            .build());
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Failed");
    assertThat(node.stored().getStatus().getReason()).isEqualTo("OutOfcpu");
    assertThat(node.stored().getStatus().getMessage())
        .isEqualTo(
            "Pod was rejected: Node didn't have enough resource: cpu, requested: 5000, used: 0,"
                + " capacity: 4000");
  }
}
