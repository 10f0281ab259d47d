package dev.drydock.controllers.garbage;

import static dev.drydock.testkit.objects.Objects.aDeployment;
import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aReplicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Deletion.Propagation;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A Deployment, its set and its pods, and what the end of one means for the others.
class GarbageCollectorTest {
  private static final ObjectKey WEB = ObjectKey.of("default", "web");

  private final Deployment deployment = aDeployment("web").build();
  private final ReplicaSet set = aReplicaSet("web-1").ownedBy(deployment).build();

  private Bench started() {
    var bench = new Bench();
    bench.api.given(deployment, set);
    for (int i = 0; i < 5; i++) {
      bench.api.given(aPod("p" + i).ownedBy(set).build());
    }
    bench.api.given(
        aPod("alone").build(),
        new LeaseBuilder()
            .withNewMetadata()
            .withName("l")
            .withNamespace("x")
            .endMetadata()
            .build());
    return bench.run(context -> new GarbageCollector(context, 20));
  }

  private static void delete(Bench bench, Propagation propagation) {
    bench.api.resource(Kinds.DEPLOYMENT).delete(WEB, Deletion.DEFAULT.withPropagation(propagation));
  }

  private static boolean onlyTheLonelyPodIsLeft(Bench bench) {
    return bench.api.all(Kinds.DEPLOYMENT).isEmpty()
        && bench.api.all(Kinds.REPLICA_SET).isEmpty()
        && bench.api.all(Kinds.POD).size() == 1;
  }

  @Test
  void whatHasOwnersStays() throws InterruptedException {
    try (Bench bench = started()) {
      bench.until(Duration.ofSeconds(1), () -> bench.clock.instant().getEpochSecond() % 60 == 40);
      assertThat(bench.api.writes()).isEmpty();
    }
  }

  @Test
  void inTheBackgroundDependentsFollowTheirOwner() throws InterruptedException {
    try (Bench bench = started()) {
      delete(bench, Propagation.BACKGROUND);
      assertThat(bench.api.all(Kinds.DEPLOYMENT)).isEmpty();
      bench.until(() -> onlyTheLonelyPodIsLeft(bench));
      assertThat(bench.api.writes().subList(1, bench.api.writes().size()))
          .allSatisfy(write -> assertThat(write.causes()).isNotEmpty());
    }
  }

  @Test
  void inTheForegroundTheOwnerGoesLast() throws InterruptedException {
    try (Bench bench = started()) {
      delete(bench, Propagation.FOREGROUND);
      assertThat(bench.api.all(Kinds.DEPLOYMENT)).hasSize(1);
      bench.until(() -> onlyTheLonelyPodIsLeft(bench));
    }
  }

  @Test
  void orphansAreSetFreeAndLive() throws InterruptedException {
    try (Bench bench = started()) {
      delete(bench, Propagation.ORPHAN);
      bench.until(() -> bench.api.all(Kinds.DEPLOYMENT).isEmpty());
      bench.settle();
      assertThat(bench.api.all(Kinds.POD)).hasSize(6);
      assertThat(bench.api.all(Kinds.REPLICA_SET).getFirst().getMetadata().getOwnerReferences())
          .isEmpty();
    }
  }

  @Test
  void anOwnerThatWasGoneBeforeIsFoundOut() throws InterruptedException {
    try (Bench bench = new Bench()) {
      bench.api.given(aPod("p").ownedBy(set).build());
      bench.run(context -> new GarbageCollector(context, 20));
      bench.until(() -> bench.api.all(Kinds.POD).isEmpty());
    }
  }

  @Test
  void aReferenceToALaterLifeOfTheNameIsNoOwner() throws InterruptedException {
    try (Bench bench = new Bench()) {
      ReplicaSet reborn =
          aReplicaSet("web-1").with(b -> b.editMetadata().withUid("another").endMetadata()).build();
      bench.api.given(reborn, aPod("p").ownedBy(set).build());
      bench.run(context -> new GarbageCollector(context, 20));
      bench.until(() -> bench.api.all(Kinds.POD).isEmpty());
      assertThat(bench.api.all(Kinds.REPLICA_SET)).hasSize(1);
    }
  }

  @Test
  void withOneOwnerLeftOnlyTheDeadReferenceGoes() throws InterruptedException {
    try (Bench bench = new Bench()) {
      Pod shared =
          aPod("p")
              .ownedBy(set)
              .with(
                  b ->
                      b.editMetadata()
                          .addToOwnerReferences(
                              new OwnerReferenceBuilder()
                                  .withApiVersion("v1")
                                  .withKind("ConfigMap")
                                  .withName("gone")
                                  .withUid("gone")
                                  .build())
                          .endMetadata())
              .build();
      bench.api.given(deployment, set, shared);
      bench.run(context -> new GarbageCollector(context, 20));
      bench.api.await(
          Kinds.POD,
          ObjectKey.of("default", "p"),
          pod -> pod.getMetadata().getOwnerReferences().size() == 1);
    }
  }

  @Test
  void lostEventsAndARelistLeadToTheSameOutcome() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.dropEvents(Kinds.DEPLOYMENT, 1);
      delete(bench, Propagation.BACKGROUND);
      bench.loseAndReplay();
      bench.until(() -> onlyTheLonelyPodIsLeft(bench));
    }
  }
}
