package dev.drydock.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypedCodecTest {
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"default"},\
      "spec":{"containers":[{"name":"c","image":"nginx","resources":{"requests":{"cpu":"100m"}},\
      "livenessProbe":{"httpGet":{"path":"/","port":80}},"shiny":true}]},\
      "status":{"phase":"Running"}}\
      """;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aPodComesBackAsItWentIncludingUnknownFields() {
    Pod pod = TypedCodec.read(utf8(POD), Pod.class);
    assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("nginx");
    assertThat(TreeCodec.read(TypedCodec.write(pod))).isEqualTo(TreeCodec.read(utf8(POD)));
  }

  @Test
  void whatIsWrittenBeginsWithTypeAndMetadataAndHasNoEmptyFields() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("a")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("c")
            .withNewResources()
            .withRequests(Map.of("memory", new Quantity("64Mi")))
            .endResources()
            .endContainer()
            .endSpec()
            .build();
    assertThat(new String(TypedCodec.write(pod), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"},\"spec\":"
                + "{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":"
                + "{\"memory\":\"64Mi\"}}}]}}");
  }

  @Test
  void microTimesKeepTheirDigits() {
    String lease =
        "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":"
            + "\"n\"},\"spec\":{\"holderIdentity\":\"n\",\"renewTime\":"
            + "\"2026-01-02T03:04:05.123400Z\"}}";
    assertThat(TreeCodec.read(TypedCodec.write(TypedCodec.read(utf8(lease), Lease.class))))
        .isEqualTo(TreeCodec.read(utf8(lease)));
  }

  @Test
  void somethingElseIsRefused() {
    assertThatThrownBy(() -> TypedCodec.read(utf8("[1]"), ConfigMap.class))
        .isInstanceOf(TypedCodec.UnreadableObjectException.class)
        .hasMessageStartingWith("not a readable ConfigMap");
  }
}
