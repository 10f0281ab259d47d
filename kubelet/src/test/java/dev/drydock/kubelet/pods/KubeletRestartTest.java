package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A pod whose containers are gone with an earlier process of the kubelet.
final class KubeletRestartTest {
  private final PodOnNode node = new PodOnNode();

  @Test
  void anotherLifeOfTheKubeletStartsContainersAgain() {
    node.run(pod -> pod, PodOnNode.container("main").build());
    node.restartKubelet();
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getRestartCount()).isEqualTo(1);
    assertThat(node.status("main").getLastState().getTerminated().getExitCode()).isEqualTo(255);
    assertThat(node.events.reasons()).contains("SandboxChanged");
    assertThat(node.condition("Ready")).isEqualTo("True");
  }

  private void runInitialized(String restartPolicy) {
    node.run(
        pod ->
            pod.editSpec()
                .withRestartPolicy(restartPolicy)
                .withInitContainers(
                    PodOnNode.container("first").build(), PodOnNode.container("second").build())
                .endSpec(),
        PodOnNode.container("main").build());
    node.runtime.exit("first", 0);
    node.pass(Duration.ofSeconds(1));
    node.runtime.exit("second", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).containsExactly("start first", "start second", "start main");
    node.runtime.calls.clear();
  }

  @Test
  void initContainersRunAgainInANewSandbox() {
    runInitialized("OnFailure");
    node.restartKubelet();
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).containsExactly("start first");
    assertThat(node.initStatus("first").getState().getTerminated().getExitCode()).isZero();
    assertThat(node.initStatus("first").getRestartCount()).isZero();
    assertThat(node.condition("Ready")).isEqualTo("False");

    node.runtime.exit("first", 0);
    node.pass(Duration.ofSeconds(1));
    node.runtime.exit("second", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).containsExactly("start first", "start second", "start main");
    assertThat(node.initStatus("first").getRestartCount()).isEqualTo(1);
    assertThat(node.initStatus("second").getState().getTerminated().getExitCode()).isZero();
    assertThat(node.status("main").getRestartCount()).isEqualTo(1);
    assertThat(node.condition("Ready")).isEqualTo("True");
  }

  @Test
  void anInitContainerThatFailsTheSecondTimeIsToldOf() {
    runInitialized("OnFailure");
    node.restartKubelet();
    node.pass(Duration.ofSeconds(1));
    int writes = node.api.writes().size();
    node.runtime.exit("first", 3);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.initStatus("first").getLastState().getTerminated().getExitCode()).isEqualTo(3);
    assertThat(node.initStatus("first").getState().getWaiting().getReason())
        .isEqualTo("CrashLoopBackOff");
    assertThat(node.api.writes()).as("its end, then its wait").hasSize(writes + 2);
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Pending");
  }

  @Test
  void aPodThatIsDeletedWhileItsInitContainersRunAgainGoes() {
    runInitialized("OnFailure");
    node.restartKubelet();
    node.pass(Duration.ofSeconds(1));
    node.api.resource(Kinds.POD).delete(PodOnNode.WEB, Deletion.DEFAULT);
    node.pass(Duration.ofSeconds(1));
    node.runtime.exit("first", 143);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.api.find(Kinds.POD, PodOnNode.WEB)).isEmpty();
  }

  @Test
  void aPodThatIsNeverRestartedEnds() {
    runInitialized("Never");
    node.restartKubelet();
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).isEmpty();
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Failed");
    assertThat(node.status("main").getState().getTerminated().getExitCode()).isEqualTo(255);
  }
}
