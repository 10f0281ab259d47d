package dev.drydock.testkit.leader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.leader.LeaderElection;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {
  private static final ObjectKey LEASE = ObjectKey.of("kube-system", "kube-scheduler");

  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final RecordedEvents events = new RecordedEvents();

  private static final class Work implements Component {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void start() {
      started.countDown();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private LeaderElection candidate(String name, Work work, Runnable lost) {
    return new LeaderElection(
        LeaderElection.Settings.of("kube-scheduler", name),
        api.resource(Kinds.LEASE),
        events,
        new LeaderElection.Clocks(clock, clock, new Random(1)),
        work,
        lost);
  }

  private static String holder(Lease lease) {
    return lease.getSpec().getHolderIdentity();
  }

  @Test
  void theFirstLeadsAndItsSuccessorNeedNotWaitForTheLeaseToRunOut() throws InterruptedException {
    var one = new Work();
    var two = new Work();
    LeaderElection first = candidate("a", one, () -> {});
    first.start();
    one.started.await();
    try (LeaderElection second = candidate("b", two, () -> {})) {
      second.start();
      clock.awaitPending(2);
      first.close();
      assertThat(one.closed.getCount()).isZero();

      clock.advance(Duration.ofSeconds(5));
      two.started.await();
      Lease lease = api.find(Kinds.LEASE, LEASE).orElseThrow();
      assertThat(holder(lease)).isEqualTo("b");
      assertThat(lease.getSpec().getLeaseTransitions()).isEqualTo(1);
      assertThat(events.all())
          .extracting(RecordedEvents.Recorded::message)
          .containsExactly("a became leader", "b became leader");
    }
  }

  @Test
  void whoCannotRenewForTenSecondsHasLost() throws InterruptedException {
    var work = new Work();
    var lost = new CountDownLatch(1);
    try (LeaderElection election = candidate("a", work, lost::countDown)) {
      election.start();
      work.started.await();
      api.failNext("get", Kinds.LEASE, 100, ApiException.internalError("on purpose"));
      for (int i = 0; i < 5; i++) {
        clock.awaitPending(1);
        clock.advance(Duration.ofSeconds(2));
      }
      lost.await();
      assertThat(election.isLeading()).isFalse();
    }
  }

  @Test
  void aSilentLeaderIsReplacedAfterTheLeaseRanOut() throws InterruptedException {
    var dead = new Work();
    var work = new Work();
    LeaderElection silent = candidate("dead", dead, () -> {});
    silent.start();
    dead.started.await();
    clock.awaitPending(1);
    try (LeaderElection election = candidate("b", work, () -> {})) {
      // The dead one's renewals fail from now on: its Lease stays as it is.
      election.start();
      clock.awaitPending(2);
      silent.close();
      api.given(
          api.find(Kinds.LEASE, LEASE)
              .orElseThrow()
              .edit()
              .editSpec()
              .withHolderIdentity("dead")
              .withLeaseDurationSeconds(15)
              .endSpec()
              .build());
      for (int i = 0; i < 20 && work.started.getCount() > 0; i++) {
        clock.advance(Duration.ofSeconds(5));
        if (i < 3) {
          assertThat(election.isLeading()).isFalse();
        }
        if (work.started.getCount() > 0 && !election.isLeading()) {
          clock.awaitPending(1);
        }
      }
      work.started.await();
      assertThat(holder(api.find(Kinds.LEASE, LEASE).orElseThrow())).isEqualTo("b");
    }
  }
}
