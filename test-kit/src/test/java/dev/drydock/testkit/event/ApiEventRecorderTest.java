package dev.drydock.testkit.event;

import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.event.ApiEventRecorder;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.event.EventSource;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiEventRecorderTest {
  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final ApiEventRecorder events = new ApiEventRecorder(api, clock, clock);
  private final EventRecorder kubelet = events.as(new EventSource("kubelet", "node-1"));
  private final Pod pod = aPod("web").revision(7).build();

  @AfterEach
  void close() {
    events.close();
  }

  private void record(String reason, String message) {
    kubelet.record(pod, EventRecorder.Type.NORMAL, reason, message);
  }

  @Test
  void equalEventsThatWaitTogetherAreOneWrite() throws InterruptedException {
    record("Pulled", "Image is there");
    record("Pulled", "Image is there");
    record("Started", "Container started");
    events.start();
    api.await(() -> api.all(Kinds.EVENT).size() == 2);

    Event pulled = api.all(Kinds.EVENT).getFirst();
    assertThat(api.writes()).hasSize(2);
    assertThat(pulled.getMetadata().getName()).matches("web\\.[0-9a-f]+");
    assertThat(pulled.getCount()).isEqualTo(2);
    assertThat(pulled.getInvolvedObject().getUid()).isEqualTo("uid-pod-web");
    assertThat(pulled.getSource().getComponent()).isEqualTo("kubelet");
    assertThat(pulled.getSource().getHost()).isEqualTo("node-1");
    assertThat(pulled.getReportingComponent()).isEqualTo("kubelet");
  }

  @Test
  void anEventThatComesAgainCountsUp() throws InterruptedException {
    events.start();
    record("BackOff", "Back-off restarting");
    api.await(() -> api.writes().size() == 1);
    clock.advance(Duration.ofSeconds(10));
    record("BackOff", "Back-off restarting");
    api.await(() -> api.writes().size() == 2);

    assertThat(api.all(Kinds.EVENT))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getCount()).isEqualTo(2);
              assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
              assertThat(event.getLastTimestamp()).isEqualTo("2026-01-01T00:00:10Z");
            });
  }

  @Test
  void tooManyAboutOneObjectAreDropped() throws InterruptedException {
    events.start();
    for (int i = 0; i < 100; i++) {
      record("Reason" + i, "message");
    }
    kubelet.record(aPod("other").build(), EventRecorder.Type.NORMAL, "Last", "message");
    api.await(() -> api.all(Kinds.EVENT).stream().anyMatch(e -> e.getReason().equals("Last")));
    api.await(() -> api.all(Kinds.EVENT).size() == 26);
  }
}
