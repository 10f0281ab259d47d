package dev.drydock.controllers.endpointslice;

import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import dev.drydock.controllers.endpoints.EndpointsReconciler;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Slices and Endpoints over the fake API.
class EndpointSliceControllerTest {
  private static final ObjectKey WEB = ObjectKey.of("default", "web");

  private static Bench started() {
    return new Bench()
        .run(
            context ->
                EndpointSliceController.of(
                    context, new EndpointSliceController.Settings(5, 100, Duration.ofMillis(100))))
        .run(context -> EndpointsReconciler.controller(context, 5, Duration.ofMillis(100)));
  }

  private static Pod pod(int i) {
    return aPod("p" + i)
        .labelled("app", "web")
        .on("n1")
        .ready("10.0." + i / 250 + "." + i % 250)
        .build();
  }

  private static int endpoints(Bench bench) {
    return bench.api.all(Kinds.ENDPOINT_SLICE).stream()
        .mapToInt(slice -> slice.getEndpoints().size())
        .sum();
  }

  private static int addresses(Bench bench) {
    return bench
        .api
        .find(Kinds.ENDPOINTS, WEB)
        .map(found -> found.getSubsets().stream().mapToInt(s -> s.getAddresses().size()).sum())
        .orElse(0);
  }

  @Test
  void aThousandPodsBecomeReadyWithoutAThousandRounds() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(aService("web").selecting("app", "web").port("", 80, 80).build());
      for (int i = 0; i < 300; i++) {
        bench.api.given(pod(i));
      }
      bench.until(() -> endpoints(bench) == 300 && addresses(bench) == 300);
      assertThat(bench.api.writes()).hasSizeLessThan(60);
    }
  }

  @Test
  void lostEventsAndARelistLeadToTheSameOutcome() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(aService("web").selecting("app", "web").port("", 80, 80).build());
      for (int i = 0; i < 10; i++) {
        bench.api.given(pod(i));
      }
      bench.until(() -> endpoints(bench) == 10 && addresses(bench) == 10);
      bench.api.dropEvents(Kinds.POD, 2);
      bench.api.vanish(Kinds.POD, ObjectKey.of("default", "p1"));
      bench.api.vanish(Kinds.POD, ObjectKey.of("default", "p2"));
      bench.loseAndReplay();
      bench.until(() -> endpoints(bench) == 8 && addresses(bench) == 8);
    }
  }

  @Test
  void endpointsGoWithTheirService() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(aService("web").selecting("app", "web").port("", 80, 80).build());
      bench.until(() -> bench.api.find(Kinds.ENDPOINTS, WEB).isPresent());
      bench.api.resource(Kinds.SERVICE).delete(WEB, Deletion.DEFAULT);
      bench.until(() -> bench.api.find(Kinds.ENDPOINTS, WEB).isEmpty());
    }
  }
}
