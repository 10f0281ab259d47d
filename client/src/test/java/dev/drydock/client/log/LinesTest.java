package dev.drydock.client.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final InteractionLog.Step BIND =
      new InteractionLog.Step(
          "bind",
          "pod",
          ObjectKey.of("default", "web-1"),
          Revision.of(123),
          List.of(Revision.of(120), Revision.of(119)),
          Duration.ofNanos(2_150_000),
          "to \"node-1\"");
  private static final Instant TIME = Instant.parse("2026-01-01T10:00:01.123456Z");

  @Test
  void aStepIsOneLineOfText() {
    assertThat(new Lines("kube-scheduler", LogFormat.TEXT).step(TIME, BIND))
        .endsWith(
            ".123 kube-scheduler  bind pod default/web-1 r=123 <- 120,119 2.1ms  to \"node-1\"\n");
  }

  @Test
  void aStepIsOneJsonObject() {
    assertThat(new Lines("kube-scheduler", LogFormat.JSON).step(TIME, BIND))
        .isEqualTo(
            "{\"time\":\"2026-01-01T10:00:01.123456Z\",\"component\":\"kube-scheduler\","
                + "\"step\":\"bind\",\"kind\":\"pod\",\"namespace\":\"default\",\"name\":\"web-1\","
                + "\"revision\":123,\"causes\":[120,119],\"millis\":2.1,"
                + "\"note\":\"to \\\"node-1\\\"\"}\n");
  }
}
