package dev.drydock.apiserver.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.Impersonation;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.Verb;
import dev.drydock.client.health.Metrics;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairQueuesTest {
  private static final ResourceType PODS =
      new ResourceType("", "v1", "pods", "Pod", Scope.NAMESPACED);
  private static final ResourceType LEASES =
      new ResourceType("coordination.k8s.io", "v1", "leases", "Lease", Scope.NAMESPACED);
  private static final List<String> AUTHENTICATED = List.of(User.AUTHENTICATED);

  private final FakeClock clock = new FakeClock();
  private final Metrics metrics = new Metrics();

  private FlowControl control(int seats, Duration patience) {
    return new FlowControl(seats, patience, metrics, new FlowControl.Sources(clock, clock));
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes-admin, system:masters, pods, default, exempt",
    "system:node:n1, system:nodes, pods, default, system-nodes",
    "system:node:n1, system:nodes, leases, kube-node-lease, system-node-high",
    "system:kube-scheduler, '', leases, kube-system, system-leader-election",
    "system:kube-scheduler, '', pods, default, kube-scheduler",
    "system:kube-controller-manager, '', pods, default, kube-controller-manager",
    "system:serviceaccount:kube-system:x, system:serviceaccounts, pods, a,"
        + " kube-system-service-accounts",
    "system:serviceaccount:kube-system:x, system:serviceaccounts, leases, a,"
        + " workload-leader-election",
    "system:serviceaccount:a:b, system:serviceaccounts, pods, a, service-accounts",
    "jane, people, pods, a, global-default"
  })
  void aRequestBelongsToTheFirstSchemaThatMatches(
      String user, String group, String resource, String namespace, String schema) {
    var target = new Target(resource.equals("pods") ? PODS : LEASES, namespace, "x", "");
    var who = User.of(user, List.of(group, User.AUTHENTICATED));
    var found =
        control(600, Duration.ZERO)
            .table()
            .flowOf(who, new Subject.Resource(Verb.GET, target, "x"));
    assertThat(found.spec().name()).isEqualTo(schema);
  }

  @Test
  void aHandHasDifferentQueuesAndHandsDiffer() {
    int[] one = ShuffleSharding.deal(ShuffleSharding.hash("s", "jane"), 128, 6);
    int[] two = ShuffleSharding.deal(ShuffleSharding.hash("s", "john"), 128, 6);
    assertThat(Arrays.stream(one).distinct().count()).isEqualTo(6);
    assertThat(one).isNotEqualTo(two);
    assertThat(Arrays.stream(one)).allMatch(card -> card >= 0 && card < 128);
    assertThat(ShuffleSharding.deal(-1, 4, 9)).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void anIdleLevelLendsToABusyOneAndKeepsItsLeast() {
    var idle = new SeatSharing.Demand(new SeatSharing.Bounds(50, 10, 100), 0, 0);
    var busy = new SeatSharing.Demand(new SeatSharing.Bounds(50, 50, 100), 200, 200);
    assertThat(SeatSharing.of(List.of(idle, busy), 100)).containsExactly(10, 90);
    assertThat(SeatSharing.of(List.of(busy, busy), 100)).containsExactly(50, 50);
  }

  private static Call call(String user, List<String> groups) {
    var target = new Target(PODS, "default", "x", "");
    var call =
        new Call(
            new Call.Arrival(
                new Subject.Resource(Verb.GET, target, "x"),
                Credentials.NONE,
                Impersonation.NONE,
                new Call.Client("test", "", "1"),
                List.of(),
                Instant.EPOCH,
                Call.Lasting.SHORT));
    new Pipeline(List.of(new IdentifyFilter(_ -> User.of(user, groups)))).begin(call);
    return call;
  }

  private static Level level(FlowControl control, String name) {
    return java.util.Objects.requireNonNull(control.table().levels().get(name));
  }

  private static int seatsOf(FlowControl control, String level) {
    return level(control, level).queues().limit();
  }

  @Test
  void aFloodDelaysOnlyTheOneWhoFloods() throws Exception {
    FlowControl control = control(60, Duration.ofSeconds(30));
    var filter = new FairnessFilter(control, new RequestWidth(_ -> 0));
    int seats = seatsOf(control, "global-default");
    List<Call> sitting = new ArrayList<>();
    for (int i = 0; i < seats; i++) {
      sitting.add(call("flood", AUTHENTICATED));
      filter.before(sitting.getLast());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> flood = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        flood.add(threads.submit(() -> served(filter, call("flood", AUTHENTICATED))));
      }
      awaitWaiting(control, "global-default", 100);
      // Another level is not touched at all.
      Call controller = call("system:kube-controller-manager", AUTHENTICATED);
      filter.before(controller);
      filter.after(controller, Outcome.read());
      // Another flow of the same level waits for one turn, not for a hundred.
      Call jane = call("jane", AUTHENTICATED);
      Future<?> other = threads.submit(() -> filter.before(jane));
      awaitWaiting(control, "global-default", 101);
      clock.advance(Duration.ofSeconds(1));
      filter.after(sitting.removeFirst(), Outcome.read());
      filter.after(sitting.removeFirst(), Outcome.read());
      other.get();
      filter.after(jane, Outcome.read());
      sitting.forEach(call -> filter.after(call, Outcome.read()));
      for (Future<?> one : flood) {
        one.get();
      }
    }
    Level level = level(control, "global-default");
    assertThat(level.queues().seatsInUse()).isZero();
    assertThat(level.figures().executing()).isZero();
    assertThat(metrics.text()).contains("apiserver_flowcontrol_dispatched_requests_total");
  }

  private static void served(FairnessFilter filter, Call call) {
    filter.before(call);
    filter.after(call, Outcome.read());
  }

  private static void awaitWaiting(FlowControl control, String level, int count) {
    while (level(control, level).queues().waitingRequests() < count) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void aFullQueueAndALongWaitAreRefusedWithTheRealWords() {
    FlowControl control = control(60, Duration.ofNanos(1));
    var filter = new FairnessFilter(control, new RequestWidth(_ -> 0));
    int seats = seatsOf(control, "global-default");
    for (int i = 0; i < seats; i++) {
      filter.before(call("flood", AUTHENTICATED));
    }
    assertThatThrownBy(() -> filter.before(call("flood", AUTHENTICATED)))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.status().code()).isEqualTo(429);
              assertThat(refused.status().details().retryAfterSeconds()).isEqualTo(1);
              assertThat(refused).hasMessageContaining("Too many requests, please try again");
            });
    assertThat(metrics.text()).contains("reason=\"time-out\"");
    assertThat(new FlowDump(control).pages().values())
        .allSatisfy(page -> assertThat(page.get()).startsWith("PriorityLevelName, "));
  }

  @Test
  void manyThreadsLeaveNoSeatTaken() throws ExecutionException, InterruptedException {
    FlowControl control = control(10, Duration.ofSeconds(60));
    var filter = new FairnessFilter(control, new RequestWidth(_ -> 250));
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String user = "user-" + i % 40;
        all.add(threads.submit(() -> served(filter, call(user, AUTHENTICATED))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(level(control, "global-default").queues().seatsInUse()).isZero();
    assertThat(level(control, "global-default").queues().waitingRequests()).isZero();
  }
}
