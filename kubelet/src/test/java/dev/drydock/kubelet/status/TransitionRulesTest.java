package dev.drydock.kubelet.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TypedCodec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionRulesTest {
  private static final TransitionRules RULES = new TransitionRules(Set.of("i"));
  private static final String DONE = "'state': {'terminated': {'exitCode': 0, 'containerID': 'a'}}";
  private static final String RUNS = "'state': {'running': {}}, 'restartCount': 1";

  private static PodStatus status(String phase, String init) {
    String json =
        "{'phase': '%s', 'initContainerStatuses': [{'name': 'i', %s}]}".formatted(phase, init);
    return TypedCodec.read(json.replace('\'', '"').getBytes(UTF_8), PodStatus.class);
  }

  @Test
  void nothingIsToldOfWhatRunsOnceMore() {
    PodStatus before = status("Running", DONE);

    assertThat(RULES.next(before, status("Pending", RUNS))).isSameAs(before);
  }

  @Test
  void itsNextEndIsTold() {
    PodStatus again =
        status("Pending", "'state': {'terminated': {'exitCode': 1, 'containerID': 'b'}}");

    assertThat(RULES.next(status("Running", DONE), again)).isSameAs(again);
  }

  @Test
  void anEndThatIsOverComesBeforeTheNextRun() {
    PodStatus wanted =
        status(
            "Pending", RUNS + ", 'lastState': {'terminated': {'exitCode': 1, 'containerID': 'b'}}");

    PodStatus step = RULES.next(status("Running", DONE), wanted);

    var init = step.getInitContainerStatuses().getFirst();
    assertThat(init.getState().getTerminated().getContainerID()).isEqualTo("b");
    assertThat(init.getLastState().getTerminated().getContainerID()).isEqualTo("a");
    assertThat(RULES.next(step, wanted)).isSameAs(wanted);
  }

  @Test
  void thePodsOwnEndIsToldInAnyCase() {
    PodStatus step =
        RULES.next(status("Running", DONE), status("Failed", "'state': {'waiting': {}}"));

    assertThat(step.getPhase()).isEqualTo("Failed");
    assertThat(step.getInitContainerStatuses().getFirst().getState().getTerminated()).isNotNull();
  }

  @Test
  void othersAreFree() {
    PodStatus wanted = status("Pending", RUNS);

    assertThat(new TransitionRules(Set.of()).next(status("Running", DONE), wanted))
        .isSameAs(wanted);
  }
}
