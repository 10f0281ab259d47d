package dev.drydock.controllers.replicaset;

import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aReplicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import dev.drydock.testkit.objects.ReplicaSetObject;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import org.junit.jupiter.api.Test;

/// The loop over the fake API.
class ReplicaSetControllerTest {
  private static final ObjectKey WEB = ObjectKey.of("default", "web");

  private static ReplicaSetObject web(int replicas) {
    return aReplicaSet("web").replicas(replicas);
  }

  private static Bench started() {
    return new Bench().run(context -> ReplicaSetController.replicaSets(context, 5));
  }

  private static int pods(Bench bench) {
    return bench.api.all(Kinds.POD).size();
  }

  @Test
  void podsAreMadeNamedAndCountedEachWithItsCause() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(web(200).build());
      bench.until(() -> pods(bench) == 200);
      bench.api.await(Kinds.REPLICA_SET, WEB, set -> set.getStatus().getReplicas() == 200);
      Pod pod = bench.api.all(Kinds.POD).getFirst();
      assertThat(pod.getMetadata().getName()).startsWith("web-");
      assertThat(pod.getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(owner -> assertThat(owner.getController()).isTrue());
      assertThat(bench.api.writes()).allSatisfy(write -> assertThat(write.causes()).isNotEmpty());
      assertThat(bench.events.reasons()).contains("SuccessfulCreate");
    }
  }

  @Test
  void scalingDownDeletesTheSurplus() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(web(5).build());
      bench.until(() -> pods(bench) == 5);
      ReplicaSet set = bench.api.find(Kinds.REPLICA_SET, WEB).orElseThrow();
      bench
          .api
          .resource(Kinds.REPLICA_SET)
          .update(
              new ReplicaSetBuilder(set)
                  .editMetadata()
                  .withResourceVersion(null)
                  .endMetadata()
                  .editSpec()
                  .withReplicas(2)
                  .endSpec()
                  .build());
      bench.until(() -> pods(bench) == 2);
    }
  }

  @Test
  void lostEventsAndARelistLeadToTheSameOutcome() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(web(10).build());
      bench.until(() -> pods(bench) == 10);
      bench.api.dropEvents(Kinds.POD, 3);
      for (int i = 0; i < 3; i++) {
        bench
            .api
            .resource(Kinds.POD)
            .delete(ObjectKey.of(bench.api.all(Kinds.POD).getFirst()), Deletion.IMMEDIATE);
      }
      bench.loseAndReplay();
      bench.until(() -> pods(bench) == 10);
      bench.loseAndReplay();
      assertThat(pods(bench)).isEqualTo(10);
    }
  }

  @Test
  void aFailureIsToldAndTriedAgain() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.failNext(
          "create", Kinds.POD, 2, ApiException.of(StatusReason.FORBIDDEN, "exceeded quota"));
      bench.api.given(web(3).build());
      bench.until(() -> pods(bench) == 3);
      assertThat(bench.events.all())
          .anySatisfy(
              event -> assertThat(event.message()).isEqualTo("Error creating: exceeded quota"));
      bench.until(
          () ->
              bench
                  .api
                  .find(Kinds.REPLICA_SET, WEB)
                  .filter(set -> set.getStatus().getConditions().isEmpty())
                  .isPresent());
    }
  }

  @Test
  void anOrphanIsAdoptedInsteadOfAnotherPodMade() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(aPod("stray").labelled("app", "web").build(), web(1).build());
      bench.api.await(
          Kinds.POD,
          ObjectKey.of("default", "stray"),
          pod -> !pod.getMetadata().getOwnerReferences().isEmpty());
      bench.settle();
      assertThat(pods(bench)).isEqualTo(1);
    }
  }
}
