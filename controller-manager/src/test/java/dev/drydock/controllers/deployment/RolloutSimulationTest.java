package dev.drydock.controllers.deployment;

import static dev.drydock.testkit.objects.Objects.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rolls templates over a small world whose parts run in random order: the Deployment's plan, the
/// ReplicaSets' loops (with statuses that lag), pods that become ready when they like.
class RolloutSimulationTest {
  private final Map<String, ReplicaSet> sets = new LinkedHashMap<>();
  private final Map<String, Integer> made = new LinkedHashMap<>();
  private final Map<String, Integer> ready = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Deployment deployment = aDeployment("web").build();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aRollingUpdateStaysWithinItsBoundsAndEnds(long seed) {
    var random = new Random(seed);
    int replicas = 1 + random.nextInt(12);
    deployment = deployment(replicas, 1 + random.nextInt(3), random.nextInt(3), "v1");
    runUntilComplete(random, false);
    for (int version = 2; version < 5; version++) {
      deployment = withImage("v" + version);
      runUntilComplete(random, true);
      assertThat(ready.values().stream().mapToInt(i -> i).sum()).isEqualTo(replicas);
    }
  }

  @Test
  void aTemplateThatComesBackUsesItsOldSetWithANewRevision() {
    var random = new Random(1);
    deployment = deployment(3, 1, 0, "v1");
    runUntilComplete(random, false);
    String first = sets.keySet().iterator().next();
    deployment = withImage("v2");
    runUntilComplete(random, true);
    deployment = withImage("v1");
    runUntilComplete(random, true);
    assertThat(sets).hasSize(2);
    assertThat(set(first).getMetadata().getAnnotations())
        .containsEntry(Revisions.REVISION, "3")
        .containsEntry(Revisions.HISTORY, "1");
    assertThat(deployment.getMetadata().getAnnotations()).containsEntry(Revisions.REVISION, "3");
  }

  private ReplicaSet set(String name) {
    return Objects.requireNonNull(sets.get(name));
  }

  private static Deployment deployment(int replicas, int surge, int unavailable, String image) {
    return aDeployment("web")
        .replicas(replicas)
        .image(image)
        .with(
            b ->
                b.editSpec()
                    .withProgressDeadlineSeconds(600)
                    .withNewStrategy()
                    .withType("RollingUpdate")
                    .withNewRollingUpdate()
                    .withMaxSurge(new IntOrString(surge))
                    .withMaxUnavailable(new IntOrString(unavailable))
                    .endRollingUpdate()
                    .endStrategy()
                    .endSpec())
        .build();
  }

  private Deployment withImage(String image) {
    return new DeploymentBuilder(deployment)
        .editMetadata()
        .withGeneration(deployment.getMetadata().getGeneration() + 1)
        .endMetadata()
        .editSpec()
        .editTemplate()
        .editSpec()
        .editFirstContainer()
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private void runUntilComplete(Random random, boolean wasAvailable) {
    Bounds bounds = Bounds.of(deployment);
    for (int step = 0; step < 20_000; step++) {
      now = now.plusMillis(100);
      switch (random.nextInt(4)) {
        case 0 -> runDeployment();
        case 1 -> runSet(random, true);
        case 2 -> runSet(random, false);
        default -> becomeReady(random);
      }
      assertThat(ReplicaSets.size(sets.values())).isLessThanOrEqualTo(bounds.most());
      if (wasAvailable) {
        assertThat(ready.values().stream().mapToInt(i -> i).sum())
            .isGreaterThanOrEqualTo(bounds.fewestAvailable());
      }
      if (DeploymentStatusRules.isComplete(deployment, deployment.getStatus())) {
        return;
      }
    }
    throw new AssertionError("the rollout does not end");
  }

  private void runDeployment() {
    for (DeploymentAction action :
        DeploymentPlan.of(
            new DeploymentPlan.Observed(
                deployment, List.copyOf(sets.values()), List.of(), Moment.of(now)))) {
      switch (action) {
        case DeploymentAction.Create(ReplicaSet set) ->
            sets.put(
                set.getMetadata().getName(),
                new ReplicaSetBuilder(set)
                    .editMetadata()
                    .withUid("uid-" + set.getMetadata().getName())
                    .withCreationTimestamp(now.toString())
                    .endMetadata()
                    .build());
        case DeploymentAction.Update(ReplicaSet _, ReplicaSet after) ->
            sets.put(after.getMetadata().getName(), after);
        case DeploymentAction.Delete(ReplicaSet set) -> sets.remove(set.getMetadata().getName());
        case DeploymentAction.WriteStatus(Deployment after) -> deployment = after;
        case DeploymentAction.LookAgain _, DeploymentAction.RefuseEmptySelector _ -> {}
      }
    }
  }

  /// A ReplicaSet's loop writes the status that it saw before it acts.
  private void runSet(Random random, boolean act) {
    if (sets.isEmpty()) {
      return;
    }
    String name = List.copyOf(sets.keySet()).get(random.nextInt(sets.size()));
    ReplicaSet set = set(name);
    int pods = made.getOrDefault(name, 0);
    int serving = ready.getOrDefault(name, 0);
    sets.put(
        name,
        new ReplicaSetBuilder(set)
            .withNewStatus()
            .withReplicas(pods)
            .withReadyReplicas(serving)
            .withAvailableReplicas(serving)
            .endStatus()
            .build());
    int wanted = ReplicaSets.size(set);
    if (act) {
      made.put(name, wanted);
      int unready = pods - serving;
      int surplus = Math.max(0, pods - wanted);
      ready.put(name, serving - Math.max(0, surplus - unready));
    }
  }

  private void becomeReady(Random random) {
    List<String> names =
        made.keySet().stream()
            .filter(n -> !Objects.equals(made.get(n), ready.getOrDefault(n, 0)))
            .toList();
    if (!names.isEmpty()) {
      ready.merge(names.get(random.nextInt(names.size())), 1, Integer::sum);
    }
  }
}
