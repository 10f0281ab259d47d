package dev.drydock.controllers.replicaset;

import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aReplicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.replicaset.ReplicaSetAction.CreatePods;
import dev.drydock.controllers.replicaset.ReplicaSetAction.DeletePods;
import dev.drydock.controllers.replicaset.ReplicaSetAction.LookAgain;
import dev.drydock.controllers.replicaset.ReplicaSetStatusRules.Failure;
import dev.drydock.testkit.objects.PodObject;
import dev.drydock.testkit.objects.ReplicaSetObject;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The number of pods, and what the status says of them.
class ReplicaSetPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private static ReplicaSetPlan.Observed observed(ReplicaSetObject set, PodObject... pods) {
    List<Pod> built = Stream.of(pods).map(PodObject::build).toList();
    return new ReplicaSetPlan.Observed(set.build(), built, built, Moment.of(NOW));
  }

  private static PodObject ready(String name, Instant since) {
    return aPod(name)
        .labelled("app", "web")
        .running("10.0.0.1")
        .with(
            b ->
                b.editStatus()
                    .addToConditions(
                        new PodConditionBuilder()
                            .withType("Ready")
                            .withStatus("True")
                            .withLastTransitionTime(since.toString())
                            .build())
                    .endStatus());
  }

  @Test
  void missingPodsAreCreated() {
    assertThat(ReplicaSetPlan.of(observed(aReplicaSet("web").replicas(3), aPod("a"))))
        .containsExactly(new CreatePods(2));
  }

  @Test
  void atMostABurstIsCreatedAtOnce() {
    assertThat(ReplicaSetPlan.of(observed(aReplicaSet("web").replicas(1000))))
        .containsExactly(new CreatePods(500));
  }

  @Test
  void endedAndEndingPodsDoNotCount() {
    assertThat(
            ReplicaSetPlan.of(
                observed(
                    aReplicaSet("web").replicas(2),
                    aPod("failed").phase("Failed"),
                    aPod("going").deleting(NOW))))
        .containsExactly(new CreatePods(2));
  }

  @Test
  void surplusPodsAreDeletedTheUnreadyFirst() {
    assertThat(
            ReplicaSetPlan.of(
                observed(
                    aReplicaSet("web").replicas(1),
                    aPod("a").on("n1").ready("10.0.0.1"),
                    aPod("b").on("n2").running("10.0.0.2"))))
        .singleElement()
        .isInstanceOfSatisfying(
            DeletePods.class,
            delete -> assertThat(delete.pods().getFirst().getMetadata().getName()).isEqualTo("b"));
  }

  @Test
  void aSetThatIsBeingDeletedTouchesNoPods() {
    ReplicaSetObject going =
        aReplicaSet("web")
            .replicas(3)
            .with(b -> b.editMetadata().withDeletionTimestamp(NOW.toString()).endMetadata());
    assertThat(ReplicaSetPlan.of(observed(going))).isEmpty();
  }

  @Test
  void aPodThatIsReadyButNotLongEnoughIsLookedAtAgain() {
    ReplicaSetObject patient =
        aReplicaSet("web").replicas(1).with(b -> b.editSpec().withMinReadySeconds(10).endSpec());
    var seen = observed(patient, ready("a", NOW.minusSeconds(4)));
    assertThat(ReplicaSetPlan.of(seen)).containsExactly(new LookAgain(Duration.ofSeconds(6)));
    ReplicaSetStatus status = ReplicaSetStatusRules.of(seen, Optional.empty());
    assertThat(status.getReadyReplicas()).isEqualTo(1);
    assertThat(status.getAvailableReplicas()).isNull();
  }

  @Test
  void theStatusCountsPodsByState() {
    ReplicaSetStatus status =
        ReplicaSetStatusRules.of(
            observed(
                aReplicaSet("web").replicas(3),
                ready("a", NOW.minusSeconds(4)),
                aPod("b").on("n"),
                aPod("going").deleting(NOW)),
            Optional.empty());
    assertThat(status.getReplicas()).isEqualTo(2);
    assertThat(status.getFullyLabeledReplicas()).isEqualTo(1);
    assertThat(status.getReadyReplicas()).isEqualTo(1);
    assertThat(status.getAvailableReplicas()).isEqualTo(1);
    assertThat(status.getTerminatingReplicas()).isEqualTo(1);
    assertThat(status.getObservedGeneration()).isEqualTo(1);
  }

  @Test
  void aFailureIsAConditionUntilItIsOver() {
    var set = aReplicaSet("web");
    ReplicaSetStatus failed =
        ReplicaSetStatusRules.of(
            observed(set), Optional.of(new Failure("FailedCreate", "quota exceeded")));
    assertThat(failed.getConditions())
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.getType()).isEqualTo("ReplicaFailure");
              assertThat(condition.getReason()).isEqualTo("FailedCreate");
            });
    var after = observed(set.with(b -> b.withStatus(failed)));
    assertThat(ReplicaSetStatusRules.of(after, Optional.empty()).getConditions()).isEmpty();
  }
}
