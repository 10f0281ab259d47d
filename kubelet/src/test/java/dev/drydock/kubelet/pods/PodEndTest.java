package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.kubelet.program.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Pods that are asked to end.
final class PodEndTest {
  private final PodOnNode node = new PodOnNode();

  @Test
  void aDeletedPodGetsItsGraceAndThenGoes() {
    node.run(pod -> pod, PodOnNode.container("main").build());
    node.api.resource(Kinds.POD).delete(PodOnNode.WEB, Deletion.DEFAULT);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).endsWith("stop main 30s");
    assertThat(node.events.all()).anyMatch(e -> e.message().equals("Stopping container main"));
    node.runtime.exit("main", 0);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.api.find(Kinds.POD, PodOnNode.WEB)).isEmpty();
    assertThat(node.api.writes().getLast().verb()).isEqualTo("delete");
  }

  @Test
  void hooksRunAfterTheStartAndBeforeTheStop() {
    node.run(
        pod -> pod,
        PodOnNode.container("main")
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
    assertThat(node.runtime.calls).containsExactly("start main", "exec hello");
    assertThat(node.condition("Ready")).isEqualTo("True");
    node.api.resource(Kinds.POD).delete(PodOnNode.WEB, Deletion.DEFAULT);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.runtime.calls).endsWith("exec bye", "stop main 30s");
  }

  @Test
  void aContainerIsStoppedWithTheSignalOfItsChoice() {
    node.run(
        pod -> pod,
        PodOnNode.container("plain").build(),
        PodOnNode.container("choosy")
            .withNewLifecycle()
            .withStopSignal("SIGUSR1")
            .endLifecycle()
            .build(),
        PodOnNode.container("strange")
            .withNewLifecycle()
            .withStopSignal("SIGRTMIN+3")
            .endLifecycle()
            .build());
    assertThat(node.runtime.spec("plain").ending().signal()).contains(Signal.TERM);
    assertThat(node.runtime.spec("choosy").ending().signal()).contains(Signal.USR1);
    assertThat(node.runtime.spec("strange").ending().signal()).isEmpty();
  }

  @Test
  void aDeadlineEndsThePod() {
    node.run(
        pod -> pod.editSpec().withActiveDeadlineSeconds(5L).endSpec(),
        PodOnNode.container("main").build());
    node.pass(Duration.ofSeconds(5));
    assertThat(node.runtime.calls).endsWith("stop main 30s");
    node.runtime.exit("main", 143);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Failed");
    assertThat(node.stored().getStatus().getReason()).isEqualTo("DeadlineExceeded");
  }
}
