package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Init containers, sidecars and the others: who comes first, and who goes last.
final class PodOrderTest {
  private final PodOnNode node = new PodOnNode();

  @Test
  void initContainersComeOneByOneAndSidecarsStay() {
    node.run(
        pod ->
            pod.editSpec()
                .withInitContainers(
                    PodOnNode.container("first").build(),
                    PodOnNode.container("sidecar").withRestartPolicy("Always").build(),
                    PodOnNode.container("second").build())
                .endSpec(),
        PodOnNode.container("main").build());
    assertThat(node.runtime.calls).containsExactly("start first");
    assertThat(node.status("main").getState().getWaiting().getReason())
        .isEqualTo("PodInitializing");
    node.runtime.exit("first", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).containsExactly("start first", "start sidecar", "start second");
    assertThat(node.condition("Initialized")).isEqualTo("False");
    node.runtime.exit("second", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).endsWith("start main");
    assertThat(node.condition("Initialized")).isEqualTo("True");
    assertThat(node.condition("Ready")).isEqualTo("True");
  }

  @Test
  void sidecarsStopAfterTheOthers() {
    node.run(
        pod ->
            pod.editSpec()
                .withInitContainers(PodOnNode.container("side").withRestartPolicy("Always").build())
                .endSpec(),
        PodOnNode.container("main").build());
    node.pass(Duration.ofSeconds(1));
    node.api.resource(Kinds.POD).delete(PodOnNode.WEB, Deletion.DEFAULT);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).contains("stop main 30s").doesNotContain("stop side 30s");
    node.runtime.exit("main", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).endsWith("stop side 30s");
    node.runtime.exit("side", 143);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.api.find(Kinds.POD, PodOnNode.WEB)).isEmpty();
  }
}
