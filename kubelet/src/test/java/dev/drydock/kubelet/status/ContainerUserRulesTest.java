package dev.drydock.kubelet.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TypedCodec;
import io.fabric8.kubernetes.api.model.LinuxContainerUser;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerUserRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | {} | 0:0 [0]",
        "{'runAsUser': 1000} | {} | 1000:0 [0]",
        "{'runAsUser': 1000, 'runAsGroup': 3000} | {'runAsUser': 7} | 7:3000 [3000]",
        "{'runAsGroup': 3000, 'fsGroup': 2000, 'supplementalGroups': [4000, 2000]} | {}"
            + " | 0:3000 [2000, 3000, 4000]",
        "{'fsGroup': 2000} | {'runAsGroup': 5} | 0:5 [5, 2000]",
      })
  void whatSecurityContextsComeTo(String ofPod, String ofContainer, String expected) {
    String text =
        "{'spec': {'securityContext': %s, 'containers': [{'name': 'c', 'securityContext': %s}]}}"
            .formatted(ofPod, ofContainer)
            .replace('\'', '"');
    Pod pod = TypedCodec.read(text.getBytes(UTF_8), Pod.class);

    LinuxContainerUser user =
        ContainerUserRules.user(pod, pod.getSpec().getContainers().getFirst());

    assertThat(user.getUid() + ":" + user.getGid() + " " + user.getSupplementalGroups())
        .isEqualTo(expected);
  }
}
