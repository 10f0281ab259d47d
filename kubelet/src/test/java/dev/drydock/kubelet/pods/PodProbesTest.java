package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What probes do to a pod.
final class PodProbesTest {
  private final PodOnNode node = new PodOnNode();

  @Test
  void aReadinessProbeDecidesOverReadyAndALivenessProbeOverLife() {
    node.runtime.execCodes.put("ready", 1);
    node.run(
        pod -> pod,
        PodOnNode.container("main")
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
    assertThat(node.condition("Ready")).isEqualTo("False");
    assertThat(node.events.all()).anyMatch(e -> e.message().startsWith("Readiness probe failed"));
    node.runtime.execCodes.put("ready", 0);
    node.pass(Duration.ofSeconds(5));
    node.pass(Duration.ofSeconds(1));
    assertThat(node.condition("Ready")).isEqualTo("True");

    node.runtime.execCodes.put("alive", 1);
    node.pass(Duration.ofSeconds(30));
    node.pass(Duration.ofSeconds(1));
    assertThat(node.events.all())
        .anyMatch(
            e -> e.message().equals("Container main failed liveness probe, will be restarted"));
    assertThat(node.runtime.calls).endsWith("stop main 30s");
    node.runtime.exit("main", 137);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getRestartCount()).isEqualTo(1);
  }

  @Test
  void aStartupProbeComesFirst() {
    node.runtime.execCodes.put("up", 1);
    node.run(
        pod -> pod,
        PodOnNode.container("main")
            .withNewStartupProbe()
            .withNewExec()
            .withCommand("up")
            .endExec()
            .withPeriodSeconds(1)
            .withFailureThreshold(30)
            .endStartupProbe()
            .build());
    assertThat(node.status("main").getStarted()).isFalse();
    node.runtime.execCodes.put("up", 0);
    node.pass(Duration.ofSeconds(1));
    node.pass(Duration.ofSeconds(1));
    assertThat(node.status("main").getStarted()).isTrue();
    assertThat(node.condition("Ready")).isEqualTo("True");
  }
}
