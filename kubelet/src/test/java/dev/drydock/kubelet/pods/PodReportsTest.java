package dev.drydock.kubelet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.status.ApiException;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the api-server is told of a pod, and how often.
final class PodReportsTest {
  private final PodOnNode node = new PodOnNode();

  @Test
  void aPodBecomesReadyInTwoWrites() {
    node.run(pod -> pod, PodOnNode.container("main").build());
    assertThat(node.stored().getStatus().getPhase()).isEqualTo("Running");
    assertThat(node.condition("Ready")).isEqualTo("True");
    assertThat(node.api.writes()).hasSize(3); // create, ContainerCreating, Running
    assertThat(node.events.reasons()).containsExactly("Pulling", "Pulled", "Created", "Started");
    assertThat(node.events.all().get(2).message()).isEqualTo("Container created");
  }

  @Test
  void aContainerThatRunsHasAUser() {
    node.run(
        pod ->
            pod.editSpec().withNewSecurityContext().withFsGroup(5L).endSecurityContext().endSpec(),
        PodOnNode.container("main").build(),
        PodOnNode.container("other").withImage("nginx:").build());
    assertThat(node.status("main").getUser().getLinux().getSupplementalGroups())
        .containsExactly(0L, 5L);
    assertThat(node.status("other").getUser()).isNull();
  }

  @Test
  void aContainerOfAnotherSystemHasNone() {
    node.run(
        pod -> pod.editSpec().withNewOs("windows").endSpec(), PodOnNode.container("main").build());
    assertThat(node.status("main").getUser()).isNull();
  }

  @Test
  void everyWriteNamesTheBindingAsItsCause() {
    node.run(pod -> pod, PodOnNode.container("main").build());
    var created = node.api.writes().getFirst().revision();
    assertThat(node.api.writes().subList(1, 3)).allMatch(write -> write.causes().contains(created));
  }

  @Test
  void whatHasNotChangedSinceAWriteThatFailedKeepsItsTime() {
    node.clock.advance(Duration.ofMillis(800));
    node.api.failNext("patch", Kinds.POD, 1, ApiException.internalError("not now"));

    node.run(pod -> pod, PodOnNode.container("main").build());
    node.pass(Duration.ofSeconds(2));

    String begun = node.stored().getStatus().getStartTime();
    assertThat(since("Initialized")).isEqualTo(begun);
    assertThat(since("Ready")).isGreaterThan(begun);
    assertThat(node.api.writes()).hasSize(2); // create, Running
  }

  private String since(String condition) {
    return node.stored().getStatus().getConditions().stream()
        .filter(one -> one.getType().equals(condition))
        .map(PodCondition::getLastTransitionTime)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aConditionThatAnotherTurnedIsTurnedBack() {
    node.run(pod -> pod, PodOnNode.container("main").build());
    long writes = node.api.writes().size();
    node.pass(Duration.ofSeconds(1));
    assertThat(node.api.writes()).hasSize((int) writes);
    node.api
        .status(Kinds.POD)
        .patch(
            PodOnNode.WEB,
            new Patch.StrategicMerge(
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}"));
    node.pass(Duration.ofSeconds(1));
    node.pass(Duration.ofSeconds(1));
    assertThat(node.condition("Ready")).isEqualTo("True");
  }
}
