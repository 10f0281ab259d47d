package dev.drydock.controllers.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tokens by which nodes join.
class BootstrapTest {
  private static final ObjectKey INFO = ObjectKey.of("kube-public", "cluster-info");

  private static Secret token(String id, Map<String, String> more) {
    Map<String, String> data = new HashMap<>();
    data.put("token-id", id);
    data.put("token-secret", "0123456789abcdef");
    data.put("usage-bootstrap-signing", "true");
    data.putAll(more);
    data.replaceAll(
        (_, value) -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("kube-system")
        .withName("bootstrap-token-" + id)
        .endMetadata()
        .withType("bootstrap.kubernetes.io/token")
        .withData(data)
        .build();
  }

  private static Map<String, String> info(Bench bench) {
    return bench.api.find(Kinds.CONFIG_MAP, INFO).orElseThrow().getData();
  }

  @Test
  void tokensThatMaySignTheClusterInfoAndNoOthers() throws InterruptedException {
    try (Bench bench = new Bench().run(ClusterInfoSigner::controller)) {
      bench.api.given(token("abcdef", Map.of()));
      bench.api.given(token("silent", Map.of("usage-bootstrap-signing", "false")));
      bench.api.given(token("passed", Map.of("expiration", "2020-01-01T00:00:00Z")));
      bench.api.given(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace("kube-public")
              .withName("cluster-info")
              .endMetadata()
              .addToData("kubeconfig", "payload")
              .addToData("jws-kubeconfig-gone00", "old")
              .build());
      bench.until(() -> info(bench).containsKey("jws-kubeconfig-abcdef"));
      assertThat(info(bench)).containsOnlyKeys("kubeconfig", "jws-kubeconfig-abcdef");
      assertThat(info(bench).get("jws-kubeconfig-abcdef"))
          .startsWith("eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..");
      bench.api.vanish(Kinds.SECRET, ObjectKey.of("kube-system", "bootstrap-token-abcdef"));
      bench.until(() -> info(bench).size() == 1);
    }
  }

  @Test
  void tokensEndWhenTheyExpire() throws InterruptedException {
    try (Bench bench = new Bench().run(TokenCleaner::controller)) {
      String end = bench.clock.instant().plus(Duration.ofMinutes(1)).toString();
      Secret lasting = token("lasted", Map.of());
      bench.api.given(lasting);
      bench.api.given(token("ending", Map.of("expiration", end)));
      ObjectKey ending = ObjectKey.of("kube-system", "bootstrap-token-ending");
      bench.settle();
      assertThat(bench.api.find(Kinds.SECRET, ending)).isPresent();
      bench.clock.advance(Duration.ofMinutes(1));
      bench.until(() -> bench.api.find(Kinds.SECRET, ending).isEmpty());
      assertThat(bench.api.find(Kinds.SECRET, ObjectKey.of(lasting))).isPresent();
    }
  }
}
