package dev.drydock.apiserver.registry.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.rest.TestPki;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownAuthenticationTest {
  private final String one = new TestPki().authority().getCertificatePEM();
  private final String two = new TestPki().authority().getCertificatePEM();

  private Map<String, String> joined(Instant now) {
    return new KnownAuthentication(now)
        .joined(
            Map.of(
                "client-ca-file", one, "requestheader-allowed-names", "[\"a\",\"b\"]", "x", "[]"),
            Map.of("client-ca-file", two + one, "requestheader-allowed-names", "[\"b\",\"c\"]"));
  }

  @Test
  void whatSeveralServersKnowCountsTogether() {
    Map<String, String> joined = joined(Instant.now());
    assertThat(joined.getOrDefault("client-ca-file", "").split("BEGIN CERTIFICATE", -1)).hasSize(3);
    assertThat(joined.getOrDefault("client-ca-file", "").replaceAll("\\s", ""))
        .isEqualTo((one + two).replaceAll("\\s", ""));
    assertThat(joined)
        .containsEntry("requestheader-allowed-names", "[\"a\",\"b\",\"c\"]")
        .containsEntry("x", "[]");
  }

  @Test
  void whatHasExpiredIsLeftOut() {
    Instant later = Instant.now().plusSeconds(100L * 366 * 24 * 3600);
    assertThat(joined(later).get("client-ca-file")).isEqualTo(two + one);
  }
}
