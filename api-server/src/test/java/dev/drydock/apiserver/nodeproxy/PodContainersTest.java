package dev.drydock.apiserver.nodeproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.TreeCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PodContainersTest {
  private static JsonNode pod(String spec) {
    return TreeCodec.read(
        ("{\"metadata\":{\"name\":\"x\"},\"spec\":" + spec + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theOnlyContainerNeedsNoName() {
    assertThat(PodContainers.choose(pod("{\"containers\":[{\"name\":\"a\"}]}"), "")).isEqualTo("a");
  }

  @Test
  void oneOfSeveralMustBeNamed() {
    JsonNode two =
        pod(
            """
            {"containers":[{"name":"a"},{"name":"b"}],"initContainers":[{"name":"i"}]}\
            """);
    assertThat(PodContainers.choose(two, "i")).isEqualTo("i");
    assertThatThrownBy(() -> PodContainers.choose(two, ""))
        .hasMessage(
            "a container name must be specified for pod x, choose one of: [a b] or one of the"
                + " init containers: [i]");
    assertThatThrownBy(() -> PodContainers.choose(two, "c"))
        .hasMessage("container c is not valid for pod x");
  }
}
