package dev.drydock.controllers.deployment;

import static dev.drydock.testkit.objects.Objects.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import dev.drydock.controllers.replicaset.ReplicaSetController;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

/// Deployment and ReplicaSet loops together over the fake API.
class DeploymentControllerTest {
  private static final ObjectKey WEB = ObjectKey.of("default", "web");

  private static Bench started() {
    return new Bench()
        .run(context -> DeploymentController.of(context, 5))
        .run(context -> ReplicaSetController.replicaSets(context, 5));
  }

  private static Deployment web(String image) {
    return aDeployment("web")
        .replicas(3)
        .image(image)
        .with(b -> b.editSpec().withProgressDeadlineSeconds(600).endSpec())
        .build();
  }

  /// Plays scheduler and kubelet.
  private static void makeReady(Bench bench) {
    for (Pod pod : bench.api.all(Kinds.POD)) {
      if (pod.getStatus().getConditions().isEmpty()) {
        bench
            .api
            .status(Kinds.POD)
            .update(
                new PodBuilder(pod)
                    .editStatus()
                    .withPhase("Running")
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
      }
    }
  }

  private static boolean isComplete(Bench bench, String image) {
    makeReady(bench);
    Deployment now = bench.api.find(Kinds.DEPLOYMENT, WEB).orElseThrow();
    return DeploymentStatusRules.isComplete(now, now.getStatus())
        && bench.api.all(Kinds.POD).stream()
            .allMatch(pod -> pod.getSpec().getContainers().getFirst().getImage().equals(image));
  }

  private static void setImage(Bench bench, String image) {
    Deployment now = bench.api.find(Kinds.DEPLOYMENT, WEB).orElseThrow();
    bench
        .api
        .resource(Kinds.DEPLOYMENT)
        .update(
            new DeploymentBuilder(now)
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .withSpec(web(image).getSpec())
                .build());
  }

  @Test
  void aDeploymentRollsOutUpdatesAndRollsBack() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(web("v1"));
      bench.until(() -> isComplete(bench, "v1"));
      assertThat(bench.events.all())
          .anySatisfy(
              event ->
                  assertThat(event.message())
                      .matches("Scaled up replica set web-[a-z0-9]+ from 0 to 3"));
      setImage(bench, "v2");
      bench.until(() -> isComplete(bench, "v2"));
      setImage(bench, "v1");
      bench.until(() -> isComplete(bench, "v1"));
      assertThat(bench.api.all(Kinds.REPLICA_SET)).hasSize(2);
      assertThat(bench.api.writes())
          .filteredOn(write -> !write.subresource().equals("status"))
          .filteredOn(write -> write.type().resource().equals("replicasets"))
          .allSatisfy(write -> assertThat(write.causes()).isNotEmpty());
    }
  }

  /// On the Deployment itself it would count as a new wish, and raise the generation.
  @Test
  void theRevisionIsWrittenWithTheStatus() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(web("v1"));
      bench.until(() -> isComplete(bench, "v1"));

      assertThat(bench.api.find(Kinds.DEPLOYMENT, WEB).orElseThrow().getMetadata().getAnnotations())
          .containsEntry(Revisions.REVISION, "1");
      assertThat(bench.api.writes())
          .filteredOn(write -> write.type().resource().equals("deployments"))
          .allSatisfy(write -> assertThat(write.subresource()).isEqualTo("status"));
    }
  }

  @Test
  void lostEventsInTheMiddleOfARolloutDoNotMatter() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(web("v1"));
      bench.until(() -> isComplete(bench, "v1"));
      bench.api.dropEvents(Kinds.DEPLOYMENT, 1);
      bench.api.dropEvents(Kinds.REPLICA_SET, 1);
      setImage(bench, "v2");
      bench.loseAndReplay();
      bench.loseAndReplay();
      bench.until(() -> isComplete(bench, "v2"));
      bench.loseAndReplay();
      assertThat(bench.api.all(Kinds.POD)).hasSize(3);
    }
  }
}
