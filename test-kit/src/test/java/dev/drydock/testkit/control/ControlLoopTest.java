package dev.drydock.testkit.control;

import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aReplicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Informers and controllers over the fake API.
class ControlLoopTest {
  private static final ObjectKey WEB = ObjectKey.of("default", "web");

  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final SharedInformers informers = new SharedInformers(api, clock, new Random(1));
  private final Informer<ReplicaSet> sets = informers.informer(Kinds.REPLICA_SET);
  private final Informer<Pod> pods =
      informers.informer(Kinds.POD, List.of(Indexes.controllerUid()));
  private final BlockingQueue<List<Revision>> runs = new LinkedBlockingQueue<>();

  private Controller controller(Reconciler reconciler) {
    return Controller.named("test", new Controller.Environment(clock, clock, InteractionLog.SILENT))
        .watch(sets, KeyMapper.self())
        .watch(pods, KeyMapper.controller("ReplicaSet"))
        .reconcile(
            key -> {
              runs.add(Causes.current().revisions());
              return reconciler.reconcile(key);
            });
  }

  @AfterEach
  void closeInformers() {
    informers.close();
    api.assertNothingMutated();
  }

  /// Makes one pod at a time until there are as many as wanted: too many, if it saw old state.
  private Result scale(ObjectKey key) {
    ReplicaSet set = sets.lister().get(key).orElseThrow();
    int present = pods.lister().byIndex(Indexes.controllerUid(), set.getMetadata().getUid()).size();
    if (present < set.getSpec().getReplicas()) {
      api.resource(Kinds.POD).create(aPod("web-" + present).ownedBy(set).build());
      return Result.again(Duration.ZERO);
    }
    return Result.done();
  }

  @Test
  void aReconcilerSeesItsOwnWrites() throws InterruptedException {
    api.given(aReplicaSet("web").replicas(20).build());
    try (Controller controller = controller(this::scale)) {
      informers.start();
      controller.start();
      api.await(() -> api.all(Kinds.POD).size() == 20);
    }
    assertThat(api.all(Kinds.POD)).hasSize(20);
    assertThat(api.writes()).allSatisfy(write -> assertThat(write.causes()).isNotEmpty());
  }

  @Test
  void theCauseOfAWriteIsTheRevisionThatWokeTheKey() throws InterruptedException {
    api.given(aReplicaSet("web").replicas(1).build());
    Revision born = api.revision();
    try (Controller controller = controller(this::scale)) {
      informers.start();
      controller.start();
      api.await(() -> api.all(Kinds.POD).size() == 1);
    }
    assertThat(api.writes().getFirst().causes()).containsExactly(born);
  }

  @Test
  void aFailedKeyComesAgainWithItsCausesAfterTheBackoff() throws InterruptedException {
    api.given(aReplicaSet("web").build());
    try (Controller controller =
        controller(
            _ -> {
              throw new IllegalStateException("on purpose");
            })) {
      informers.start();
      controller.start();
      List<Revision> first = runs.take();
      clock.awaitPending(1);
      assertThat(runs).isEmpty();
      clock.advance(Duration.ofMillis(5));
      assertThat(runs.take()).isEqualTo(first);
    }
  }

  @Test
  void aCutWatchIsMadeAgainAndWhatWasMissedIsTold() throws InterruptedException {
    api.given(aReplicaSet("web").build(), aReplicaSet("old").build());
    informers.start();
    informers.awaitSync();
    api.failNext("watch", Kinds.REPLICA_SET, 1, ApiException.internalError("no watch now"));
    api.dropEvents(Kinds.REPLICA_SET, 2);
    api.resource(Kinds.REPLICA_SET).delete(ObjectKey.of("default", "old"), Deletion.DEFAULT);
    api.resource(Kinds.REPLICA_SET).create(aReplicaSet("new").build());
    Revision missed = api.revision();

    api.cutWatches();
    // However long the reflector waits between its tries, and however often: time passes.
    while (!sets.revision().atLeast(missed)) {
      clock.advance(Duration.ofMillis(100));
      Thread.onSpinWait();
    }

    assertThat(sets.lister().list())
        .extracting(set -> set.getMetadata().getName())
        .containsExactlyInAnyOrder("web", "new");
  }

  @Test
  void aLateListenerHearsOfWhatIsThere() throws InterruptedException {
    api.given(aReplicaSet("web").build());
    informers.start();
    informers.awaitSync();
    BlockingQueue<ObjectKey> heard = new LinkedBlockingQueue<>();
    sets.addListener(change -> heard.add(ObjectKey.of(change.newest())));
    assertThat(heard).containsExactly(WEB);
  }
}
