package dev.drydock.kubelet.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.kubelet.status.ContainerView.Health;
import dev.drydock.kubelet.status.ContainerView.Role;
import dev.drydock.kubelet.status.ContainerView.State;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Containers are written as words: `w` waiting, `r` running, `0` or `1` ended with that code, `b`
/// in back-off after a failure; init containers before a slash, sidecars after a plus.
final class PodPhaseRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest(name = "{0} with {1} ({2}) is {3}")
  @CsvSource({
    "Always, w, ACTIVE, Pending",
    "Always, r, ACTIVE, Running",
    "Always, rw, ACTIVE, Pending",
    "Always, 0, ACTIVE, Running",
    "Always, b, ACTIVE, Running",
    "Always, 00, ENDED, Succeeded",
    "Always, 01, ENDED, Failed",
    "OnFailure, 1, ACTIVE, Running",
    "OnFailure, 0, ACTIVE, Succeeded",
    "OnFailure, 0r, ACTIVE, Running",
    "Never, 0, ACTIVE, Succeeded",
    "Never, 1, ACTIVE, Failed",
    "Never, 1r, ACTIVE, Running",
    "Always, w/w, ACTIVE, Pending",
    "Always, 0/r, ACTIVE, Running",
    "Always, 1/w, ACTIVE, Pending",
    "Never, 1/w, ACTIVE, Failed",
  })
  void thePhaseFollowsTheContainers(String policy, String words, PodView.Life life, String phase) {
    assertThat(status(policy, words, life).getPhase()).isEqualTo(phase);
  }

  @ParameterizedTest(name = "{0} while it was {1} is {2}")
  @CsvSource({
    "0+r, Running, Running",
    "0+0, Running, Succeeded",
    "1+r, Running, Running",
    "0+r, Succeeded, Succeeded",
  })
  void aPodHasNotEndedWhileASidecarRuns(String words, String before, String phase) {
    PodStatus known = new PodStatus();
    known.setPhase(before);
    PodStatus status =
        PodStatusRules.status(pod("Never"), view(words, PodView.Life.ACTIVE), known, NOW);
    assertThat(status.getPhase()).isEqualTo(phase);
  }

  @ParameterizedTest(name = "{0} {1} after {2}")
  @CsvSource({
    "In, 42, 42, true",
    "In, 42, 1, false",
    "NotIn, 42, 1, true",
    "NotIn, 42, 42, false",
  })
  void aRuleOfItsOwnRestartsAContainer(String operator, int named, int code, boolean restarts) {
    var spec =
        new ContainerBuilder()
            .withName("c")
            .withRestartPolicy("Never")
            .addNewRestartPolicyRule()
            .withAction("Restart")
            .withNewExitCodes()
            .withOperator(operator)
            .withValues(named)
            .endExitCodes()
            .endRestartPolicyRule()
            .build();
    var ended = new State.Terminated("drydock://1", code, "Error", "", NOW, NOW);
    var view = new ContainerView(spec, Role.APP, ended, null, 0, Health.NOT_STARTED, null);
    assertThat(PodPhaseRules.mayRestart(pod("Always"), view, ended)).isEqualTo(restarts);
  }

  @Test
  void everyConditionTellsOfTheGenerationThatItIsMadeFrom() {
    PodStatus before = status("Always", "r", PodView.Life.ACTIVE);
    Pod changed =
        new PodBuilder(pod("Always")).editMetadata().withGeneration(2L).endMetadata().build();
    PodStatus after =
        PodStatusRules.status(changed, view("r", PodView.Life.ACTIVE), before, NOW.plusSeconds(9));
    assertThat(after.getObservedGeneration()).isEqualTo(2L);
    assertThat(after.getConditions())
        .allSatisfy(
            condition -> {
              assertThat(condition.getObservedGeneration()).isEqualTo(2L);
              assertThat(condition.getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
            });
  }

  @Test
  void conditionsNameWhatIsMissing() {
    PodStatus status = status("Always", "0/rw", PodView.Life.ACTIVE);
    assertThat(message(status, ConditionRules.READY))
        .contains("containers with unready status: [a2]");
    assertThat(message(status("Always", "ww/w", PodView.Life.ACTIVE), ConditionRules.INITIALIZED))
        .contains("containers with incomplete status: [i1 i2]");
  }

  @Test
  void nothingIsWrittenWhenNothingChanged() {
    PodStatus before = status("Always", "r", PodView.Life.ACTIVE);
    PodStatus after =
        PodStatusRules.status(
            pod("Always"), view("r", PodView.Life.ACTIVE), before, NOW.plusSeconds(60));
    assertThat(StatusPatch.between(before, after, "uid")).isEmpty();
  }

  @Test
  void aPatchHoldsOnlyWhatChanged() {
    PodStatus before = status("Always", "w", PodView.Life.ACTIVE);
    PodStatus after =
        PodStatusRules.status(pod("Always"), view("r", PodView.Life.ACTIVE), before, NOW);
    Optional<String> patch = StatusPatch.between(before, after, "u1");
    assertThat(patch.orElse(""))
        .contains("\"uid\":\"u1\"", "containerStatuses", "\"phase\":\"Running\"")
        .doesNotContain("hostIP", "PodScheduled", "qosClass");
  }

  private static Optional<String> message(PodStatus status, String type) {
    return ConditionRules.find(status.getConditions(), type).map(one -> one.getMessage());
  }

  private static PodStatus status(String policy, String words, PodView.Life life) {
    return PodStatusRules.status(pod(policy), view(words, life), new PodStatus(), NOW);
  }

  private static Pod pod(String policy) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy(policy)
        .endSpec()
        .build();
  }

  private static PodView view(String words, PodView.Life life) {
    int slash = words.indexOf('/');
    List<ContainerView> all = new ArrayList<>();
    String inits = slash < 0 ? "" : words.substring(0, slash);
    int plus = words.indexOf('+');
    String apps = words.substring(slash + 1, plus < 0 ? words.length() : plus);
    String sidecars = plus < 0 ? "" : words.substring(plus + 1);
    for (int i = 0; i < sidecars.length(); i++) {
      all.add(container("s" + (i + 1), Role.SIDECAR, sidecars.charAt(i)));
    }
    for (int i = 0; i < inits.length(); i++) {
      all.add(container("i" + (i + 1), Role.INIT, inits.charAt(i)));
    }
    for (int i = 0; i < apps.length(); i++) {
      all.add(container("a" + (i + 1), Role.APP, apps.charAt(i)));
    }
    return new PodView(all, "127.7.1.1", "10.244.1.2", life, NOW, null, PodView.Resize.NONE);
  }

  private static ContainerView container(String name, Role role, char word) {
    State.Terminated failed = new State.Terminated("drydock://0", 1, "Error", "", NOW, NOW);
    State state =
        switch (word) {
          case 'w' -> new State.Waiting("ContainerCreating", "");
          case 'b' -> new State.Waiting("CrashLoopBackOff", "");
          case 'r' -> new State.Running("drydock://1", NOW);
          default -> new State.Terminated("drydock://1", word - '0', "", "", NOW, NOW);
        };
    return new ContainerView(
        new ContainerBuilder().withName(name).withImage("nginx").build(),
        role,
        state,
        word == 'b' ? failed : null,
        0,
        word == 'r' ? Health.READY : Health.NOT_STARTED,
        null);
  }
}
