package dev.drydock.controllers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Requests for certificates do not pile up.
class CsrCleanerTest {
  private static CertificateSigningRequest request(Bench bench, String name, String condition) {
    String now = KubernetesTime.seconds(bench.clock.instant());
    var request =
        new CertificateSigningRequestBuilder()
            .withNewMetadata()
            .withName(name)
            .withCreationTimestamp(now)
            .endMetadata()
            .withNewSpec()
            .endSpec();
    if (!condition.isEmpty()) {
      request
          .withNewStatus()
          .addNewCondition()
          .withType(condition)
          .withStatus("True")
          .withLastUpdateTime(now)
          .endCondition()
          .endStatus();
    }
    return request.build();
  }

  private static boolean isThere(Bench bench, String name) {
    return bench
        .api
        .find(Kinds.CERTIFICATE_SIGNING_REQUEST, ObjectKey.clusterScoped(name))
        .isPresent();
  }

  @Test
  void whatIsDecidedGoesAfterAnHourAndWhatWaitsAfterADay() throws InterruptedException {
    try (Bench bench = new Bench().run(CsrCleaner::controller)) {
      Instant begun = bench.clock.instant();
      bench.api.given(
          request(bench, "denied", "Denied"),
          request(bench, "failed", "Failed"),
          request(bench, "approved", "Approved"),
          request(bench, "pending", ""));
      bench.settle();
      bench.clock.advance(Duration.ofMinutes(59));
      bench.settle();
      assertThat(isThere(bench, "denied")).isTrue();

      bench.until(
          Duration.ofSeconds(10), () -> !isThere(bench, "denied") && !isThere(bench, "failed"));
      assertThat(isThere(bench, "approved")).as("not issued yet: like a pending one").isTrue();
      bench.until(
          Duration.ofMinutes(10), () -> !isThere(bench, "pending") && !isThere(bench, "approved"));
      assertThat(bench.clock.instant()).isAfterOrEqualTo(begun.plus(Duration.ofDays(1)));
    }
  }
}
