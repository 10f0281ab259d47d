package dev.drydock.controllers.ttlafterfinished;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Jobs that are over go after their time.
class TtlAfterFinishedTest {
  private static final Kind<GenericKubernetesResource> JOBS =
      Kinds.dynamic(BuiltInTypes.get().type("batch/v1", "jobs"));

  private static GenericKubernetesResource job(
      Bench bench, String name, Map<String, Object> spec, String condition) {
    var job = new GenericKubernetesResource();
    job.setApiVersion("batch/v1");
    job.setKind("Job");
    job.setMetadata(new ObjectMetaBuilder().withNamespace("default").withName(name).build());
    String now = KubernetesTime.seconds(bench.clock.instant());
    job.setAdditionalProperties(
        Map.of(
            "spec",
            spec,
            "status",
            Map.of(
                "conditions",
                List.of(Map.of("type", condition, "status", "True", "lastTransitionTime", now)))));
    return job;
  }

  private static boolean isThere(Bench bench, String name) {
    return bench
        .api
        .find(JOBS, ObjectKey.of("default", name))
        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
        .isPresent();
  }

  @Test
  void onlyOneThatIsOverAndHasATimeGoes() throws InterruptedException {
    try (Bench bench =
        new Bench().run(context -> TtlAfterFinishedReconciler.controller(context, 1))) {
      Map<String, Object> minute = Map.of("ttlSecondsAfterFinished", 60);
      bench.api.given(
          JOBS,
          List.of(
              job(bench, "done", minute, "Complete"),
              job(bench, "failed", minute, "Failed"),
              job(bench, "running", minute, "Suspended"),
              job(bench, "kept", Map.of(), "Complete")));
      bench.settle();
      bench.clock.advance(Duration.ofSeconds(50));
      bench.settle();
      assertThat(isThere(bench, "done")).isTrue();

      bench.until(() -> !isThere(bench, "done") && !isThere(bench, "failed"));
      bench.clock.advance(Duration.ofHours(1));
      bench.settle();
      assertThat(isThere(bench, "running")).isTrue();
      assertThat(isThere(bench, "kept")).isTrue();
    }
  }
}
