package dev.drydock.apiserver.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.client.time.Ticker;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallDeadlinesTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration LATER = Duration.ofMillis(60);
  private static final Duration NEVER = Duration.ofHours(1);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final CallDeadlines deadlines = new CallDeadlines(timer, Ticker.system());

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void aCallWithoutAnAnswerIsGivenUpAndCancelled() {
    var silent = new FakeCall();
    var call = begin(silent, SOON);

    assertThatThrownBy(call::await)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED))
        .hasMessageContaining("no answer within 20 ms");
    assertThat(silent.cancelled).isEqualTo("no answer within 20 ms");
  }

  @Test
  void theMoreUrgentIsGivenUpFirstWhoeverCameFirst() {
    begin(new FakeCall(), NEVER);

    assertThatThrownBy(begin(new FakeCall(), SOON)::await).hasMessageContaining("20 ms");
  }

  @Test
  void whatIsNotOverdueYetIsLookedAtAgain() {
    var first = begin(new FakeCall(), SOON);
    var second = begin(new FakeCall(), LATER);

    assertThatThrownBy(first::await).hasMessageContaining("20 ms");
    assertThatThrownBy(second::await).hasMessageContaining("60 ms");
    assertThatThrownBy(begin(new FakeCall(), SOON)::await).hasMessageContaining("20 ms");
  }

  @Test
  void anAnsweredCallIsLeftAlone() {
    var quick = new FakeCall();
    var call = begin(quick, SOON);
    quick.answer("yes");
    assertThat(call.await()).isEqualTo("yes");
    deadlines.remove(call);

    assertThatThrownBy(begin(new FakeCall(), LATER)::await).hasMessageContaining("60 ms");
    assertThat(quick.cancelled).isNull();
  }

  @Test
  void theQuestionIsSentBeforeTheAnswerIsAskedFor() {
    var fake = new FakeCall();

    begin(fake, NEVER);

    assertThat(fake.steps).containsExactly("start", "send what?", "halfClose", "request");
  }

  private EtcdCall<String, String> begin(FakeCall fake, Duration within) {
    var call = new EtcdCall<>(fake);
    call.send("what?");
    deadlines.add(call, within);
    return call;
  }

  /// A call that notes what is done with it, and is answered when the test says so.
  private static final class FakeCall extends ClientCall<String, String> {
    final List<String> steps = new ArrayList<>();
    volatile @Nullable String cancelled;
    private @Nullable Listener<String> listener;

    void answer(String text) {
      Listener<String> told = listener;
      if (told != null) {
        told.onMessage(text);
        told.onClose(Status.OK, new Metadata());
      }
    }

    @Override
    public void start(Listener<String> told, Metadata headers) {
      steps.add("start");
      listener = told;
    }

    @Override
    public void request(int messages) {
      steps.add("request");
    }

    @Override
    public void cancel(@Nullable String why, @Nullable Throwable cause) {
      cancelled = why;
    }

    @Override
    public void halfClose() {
      steps.add("halfClose");
    }

    @Override
    public void sendMessage(String message) {
      steps.add("send " + message);
    }
  }
}
