package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Containers that end by themselves.
final class PodRestartTest {
  private final PodOnNode node = new PodOnNode();

  @Test
  void aCrashIsRepeatedWithGrowingPauses() {
    node.run(pod -> pod, PodOnNode.container("main").build());
    node.runtime.exit("main", 1);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getRestartCount()).isEqualTo(1);
    assertThat(node.status("main").getLastState().getTerminated().getExitCode()).isEqualTo(1);

    node.runtime.exit("main", 1);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getState().getWaiting().getReason())
        .isEqualTo("CrashLoopBackOff");
    assertThat(node.status("main").getState().getWaiting().getMessage())
        .startsWith("back-off 10s restarting failed container=main pod=web_default(");
    assertThat(node.condition("Ready")).isEqualTo("False");
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Running");

    node.pass(Duration.ofSeconds(10));
    assertThat(node.status("main").getRestartCount()).isEqualTo(2);
    node.runtime.exit("main", 1);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getState().getWaiting().getMessage()).startsWith("back-off 20s");
  }

  @Test
  void aJobsPodSucceeds() {
    node.run(
        pod -> pod.editSpec().withRestartPolicy("Never").endSpec(),
        PodOnNode.container("main").build());
    node.runtime.exit("main", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Succeeded");
    assertThat(node.status("main").getState().getTerminated().getReason()).isEqualTo("Completed");
    assertThat(node.stored().getStatus().getPodIP()).isEqualTo("10.244.1.2");
  }

  @Test
  void onFailureRestartsFailuresOnly() {
    node.run(
        pod -> pod.editSpec().withRestartPolicy("OnFailure").endSpec(),
        PodOnNode.container("main").build());
    node.runtime.exit("main", 3);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getRestartCount()).isEqualTo(1);
    node.runtime.exit("main", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Succeeded");
  }
}
