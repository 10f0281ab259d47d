package dev.drydock.apiserver.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.testkit.time.FakeClock;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallDeadlinesTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATER = Duration.ofSeconds(10);

  private final FakeClock clock = new FakeClock();
  private final CallDeadlines deadlines =
      new CallDeadlines(clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());

  @Test
  void aCallWithoutAnAnswerIsGivenUpAndCancelled() {
    var silent = new FakeCall();
    var call = begin(silent, SOON);
    clock.advance(SOON);

    assertThatThrownBy(call::await)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    assertThat(silent.cancelled).isEqualTo("no answer within 2000 ms");
  }

  @Test
  void nobodyIsGivenUpTooSoon() {
    var silent = new FakeCall();
    begin(silent, SOON);
    clock.advance(SOON.minusNanos(1));

    assertThat(silent.cancelled).isNull();
  }

  @Test
  void theMoreUrgentIsGivenUpFirstWhoeverCameFirst() {
    var patient = new FakeCall();
    var urgent = new FakeCall();
    begin(patient, LATER);
    begin(urgent, SOON);

    clock.advance(SOON);
    assertThat(urgent.cancelled).isNotNull();
    assertThat(patient.cancelled).isNull();

    clock.advance(LATER.minus(SOON));
    assertThat(patient.cancelled).isNotNull();
  }

  @Test
  void aCallAfterTheLastLookIsLookedAtToo() {
    begin(new FakeCall(), SOON);
    clock.advance(SOON);
    var next = new FakeCall();
    begin(next, SOON);
    clock.advance(SOON);

    assertThat(next.cancelled).isNotNull();
  }

  @Test
  void anAnsweredCallIsLeftAlone() {
    var quick = new FakeCall();
    var call = begin(quick, SOON);
    quick.answer("yes");
    assertThat(call.await()).isEqualTo("yes");
    deadlines.remove(call);

    clock.advance(LATER);
    assertThat(quick.cancelled).isNull();
  }

  @Test
  void theQuestionIsSentBeforeTheAnswerIsAskedFor() {
    var fake = new FakeCall();

    begin(fake, LATER);

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
    @Nullable String cancelled;
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
