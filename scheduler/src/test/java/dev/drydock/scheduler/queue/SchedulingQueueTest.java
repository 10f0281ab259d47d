package dev.drydock.scheduler.queue;

import static dev.drydock.testkit.objects.Objects.aNode;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.plugins.DefaultPlugins;
import dev.drydock.testkit.objects.PodObject;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulingQueueTest {
  private static final Set<String> NO_CPU = Set.of("NodeResourcesFit");
  private static final ClusterChange NEW_NODE = new ClusterChange.NodeAdded(aNode("n").build());

  private final FakeClock clock = new FakeClock();
  private final SchedulingQueue queue = new SchedulingQueue(clock, clock, DefaultPlugins.filters());

  private void add(PodObject pod) {
    queue.seen(PodView.of(pod.build()), Revision.of(7));
  }

  private List<String> drain() throws InterruptedException {
    var names = new ArrayList<String>();
    while (queue.counts().active() > 0) {
      names.add(queue.take().pod().key().name());
    }
    return names;
  }

  @Test
  void higherPriorityGoesFirstThenEarlierArrival() throws InterruptedException {
    add(aPod("a"));
    add(aPod("b").priority(10));
    add(aPod("c"));
    add(aPod("d").priority(10));
    assertThat(drain()).containsExactly("b", "d", "a", "c");
  }

  @Test
  void anUnschedulablePodWaitsForAChangeThatMayHelpAndForItsBackoff() throws InterruptedException {
    add(aPod("a"));
    queue.unschedulable(queue.take(), NO_CPU);
    clock.advance(Duration.ofSeconds(1));
    assertThat(drain()).isEmpty();

    queue.changed(new ClusterChange.WorkloadChanged(), Revision.of(8));
    assertThat(drain()).isEmpty();
    queue.changed(NEW_NODE, Revision.of(9));
    QueuedPod again = queue.take();
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.causes()).containsExactly(Revision.of(9), Revision.of(7));

    queue.unschedulable(again, NO_CPU);
    queue.changed(NEW_NODE, Revision.of(10));
    assertThat(queue.counts()).isEqualTo(new SchedulingQueue.Counts(0, 1, 0, 0));
    clock.advance(Duration.ofMillis(1999));
    assertThat(drain()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(drain()).containsExactly("a");
  }

  @Test
  void aChangeWhileThePodIsInFlightIsNotLost() throws InterruptedException {
    add(aPod("a"));
    QueuedPod taken = queue.take();
    queue.changed(NEW_NODE, Revision.of(9));
    queue.unschedulable(taken, NO_CPU);
    clock.advance(Duration.ofSeconds(1));
    assertThat(drain()).containsExactly("a");
  }

  @Test
  void afterFiveMinutesAPodIsTriedAnyway() throws InterruptedException {
    add(aPod("a"));
    queue.unschedulable(queue.take(), NO_CPU);
    clock.advance(Duration.ofMinutes(5));
    assertThat(drain()).containsExactly("a");
  }

  @Test
  void theBackoffDoublesUpToTenSeconds() throws InterruptedException {
    add(aPod("a"));
    for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
      queue.failed(queue.take());
      clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(queue.counts().active()).isZero();
      clock.advance(Duration.ofMillis(1));
      assertThat(queue.counts().active()).isOne();
    }
  }

  @Test
  void aChangedPodIsTriedAgainButNotBecauseOfItsStatus() throws InterruptedException {
    add(aPod("a"));
    queue.unschedulable(queue.take(), NO_CPU);
    clock.advance(Duration.ofSeconds(1));
    add(aPod("a").condition("PodScheduled", "False"));
    assertThat(drain()).isEmpty();
    add(aPod("a").labelled("x", "y"));
    assertThat(drain()).containsExactly("a");
  }

  @Test
  void aRemovedPodNeverComes() throws InterruptedException {
    add(aPod("a"));
    queue.remove(PodView.of(aPod("a").build()).uid());
    assertThat(drain()).isEmpty();
  }
}
