package dev.drydock.controllers.ttl;

import static dev.drydock.testkit.objects.Objects.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long kubelets may keep what they fetched, by the size of the cluster.
class TtlTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0",
    "0, 100, 0",
    "0, 101, 1",
    "1, 95, 1",
    "1, 89, 0",
    "0, 1500, 3",
    "4, 10, 0"
  })
  void aClusterAtABoundaryKeepsItsMind(int present, int size, int step) {
    assertThat(TtlReconciler.stepFor(present, size)).isEqualTo(step);
  }

  @Test
  void eachNodeIsTold() throws InterruptedException {
    try (Bench bench = new Bench().run(TtlReconciler::controller)) {
      bench.api.given(aNode("n1").build());
      bench.until(() -> annotations(bench, "n1").containsKey("node.alpha.kubernetes.io/ttl"));
      assertThat(annotations(bench, "n1")).containsEntry("node.alpha.kubernetes.io/ttl", "0");
      for (int i = 2; i <= 101; i++) {
        bench.api.given(aNode("n" + i).build());
      }
      bench.until(() -> "15".equals(annotations(bench, "n1").get("node.alpha.kubernetes.io/ttl")));
    }
  }

  private static Map<String, String> annotations(Bench bench, String node) {
    return bench
        .api
        .find(Kinds.NODE, ObjectKey.clusterScoped(node))
        .map(found -> found.getMetadata().getAnnotations())
        .orElse(Map.of());
  }
}
