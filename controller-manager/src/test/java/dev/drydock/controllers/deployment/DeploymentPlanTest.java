package dev.drydock.controllers.deployment;

import static dev.drydock.testkit.objects.Objects.aDeployment;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controllers.deployment.DeploymentAction.Create;
import dev.drydock.controllers.deployment.DeploymentAction.Delete;
import dev.drydock.controllers.deployment.DeploymentAction.RefuseEmptySelector;
import dev.drydock.controllers.deployment.DeploymentAction.Update;
import dev.drydock.controllers.deployment.DeploymentAction.WriteStatus;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.testkit.objects.DeploymentObject;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Single steps of a Deployment.
class DeploymentPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private static DeploymentObject web(int replicas) {
    return aDeployment("web")
        .replicas(replicas)
        .with(b -> b.editSpec().withProgressDeadlineSeconds(600).endSpec());
  }

  private static List<DeploymentAction> plan(Deployment deployment, ReplicaSet... sets) {
    return DeploymentPlan.of(
        new DeploymentPlan.Observed(deployment, List.of(sets), List.of(), Moment.of(NOW)));
  }

  private static ReplicaSet setOf(Deployment deployment, int size, int available, Instant born) {
    ReplicaSet set =
        NewReplicaSet.of(deployment, new ReplicaSets(null, List.of()), Bounds.of(deployment));
    return new ReplicaSetBuilder(Revisions.scaled(set, size, Bounds.of(deployment)))
        .editMetadata()
        .withUid("uid-" + set.getMetadata().getName())
        .withCreationTimestamp(born.toString())
        .endMetadata()
        .withNewStatus()
        .withReplicas(size)
        .withReadyReplicas(available)
        .withAvailableReplicas(available)
        .endStatus()
        .build();
  }

  private static DeploymentStatus status(List<DeploymentAction> actions) {
    return actions.stream()
        .filter(WriteStatus.class::isInstance)
        .map(action -> ((WriteStatus) action).after().getStatus())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> reasons(DeploymentStatus status) {
    return status.getConditions().stream()
        .collect(
            Collectors.toMap(
                DeploymentCondition::getType, c -> c.getStatus() + " " + c.getReason()));
  }

  private static <A> A only(List<DeploymentAction> actions, Class<A> type) {
    return actions.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @Test
  void theFirstSetIsCreatedAtFullSize() {
    List<DeploymentAction> actions = plan(web(3).build());
    ReplicaSet set = only(actions, Create.class).replicaSet();
    String hash = set.getMetadata().getLabels().get("pod-template-hash");
    assertThat(hash).matches("[bcdfghjklmnpqrstvwxz2456789]{7,10}");
    assertThat(set.getMetadata().getName()).isEqualTo("web-" + hash);
    assertThat(set.getSpec().getReplicas()).isEqualTo(3);
    assertThat(set.getSpec().getSelector().getMatchLabels())
        .containsEntry("app", "web")
        .containsEntry("pod-template-hash", hash);
    assertThat(set.getMetadata().getAnnotations())
        .containsEntry(Revisions.REVISION, "1")
        .containsEntry(Revisions.DESIRED, "3")
        .containsEntry(Revisions.MOST, "4");
    assertThat(only(actions, WriteStatus.class).after().getMetadata().getAnnotations())
        .containsEntry(Revisions.REVISION, "1");
    assertThat(reasons(status(actions)))
        .containsEntry("Progressing", "True NewReplicaSetCreated")
        .containsEntry("Available", "False MinimumReplicasUnavailable");
  }

  @Test
  void aCollisionGivesAnotherName() {
    Deployment plain = web(1).build();
    Deployment collided =
        new DeploymentBuilder(plain).editStatus().withCollisionCount(1).endStatus().build();
    assertThat(only(plan(plain), Create.class).replicaSet().getMetadata().getName())
        .isNotEqualTo(only(plan(collided), Create.class).replicaSet().getMetadata().getName());
  }

  @Test
  void aNewTemplateStartsWithTheSurgeThatFits() {
    Deployment old = web(4).image("v1").build();
    ReplicaSet oldSet = setOf(old, 4, 4, NOW.minusSeconds(100));
    List<DeploymentAction> actions = plan(web(4).image("v2").build(), oldSet);
    ReplicaSet created = only(actions, Create.class).replicaSet();
    assertThat(created.getSpec().getReplicas()).isEqualTo(1);
    assertThat(created.getMetadata().getAnnotations()).containsEntry(Revisions.REVISION, "2");
  }

  @Test
  void anAvailableRolloutIsComplete() {
    Deployment deployment = web(3).build();
    ReplicaSet set = setOf(deployment, 3, 3, NOW.minusSeconds(5));
    assertThat(reasons(status(plan(deployment, set))))
        .containsEntry("Progressing", "True NewReplicaSetAvailable")
        .containsEntry("Available", "True MinimumReplicasAvailable");
  }

  @Test
  void aRolloutWithoutProgressExceedsItsDeadline() {
    Deployment deployment = web(3).build();
    ReplicaSet set = setOf(deployment, 3, 1, NOW.minusSeconds(900));
    Deployment stuck =
        new DeploymentBuilder(deployment)
            .withStatus(
                DeploymentStatusRules.counted(
                    deployment,
                    new ReplicaSets(set, List.of()),
                    new DeploymentConditions(
                        List.of(
                            DeploymentConditions.condition(
                                "Progressing",
                                "True",
                                "ReplicaSetUpdated",
                                "",
                                NOW.minusSeconds(700)))),
                    NOW))
            .build();
    assertThat(reasons(status(plan(stuck, set))))
        .containsEntry("Progressing", "False ProgressDeadlineExceeded");
  }

  @Test
  void resizingInTheMiddleOfARolloutIsShared() {
    Deployment before = web(10).image("v1").build();
    ReplicaSet old = setOf(before, 8, 8, NOW.minusSeconds(100));
    ReplicaSet young = setOf(web(10).image("v2").build(), 5, 0, NOW.minusSeconds(10));
    Deployment resized = web(20).image("v2").build();
    Map<String, Integer> sizes =
        plan(resized, old, young).stream()
            .filter(Update.class::isInstance)
            .map(action -> ((Update) action).after())
            .collect(
                Collectors.toMap(
                    set -> set.getMetadata().getName(), set -> set.getSpec().getReplicas()));
    assertThat(sizes.values().stream().mapToInt(i -> i).sum()).isEqualTo(25);
    assertThat(sizes.get(old.getMetadata().getName())).isEqualTo(15);
    assertThat(sizes.get(young.getMetadata().getName())).isEqualTo(10);
  }

  @Test
  void recreateWaitsForTheLastOldPod() {
    Deployment before = web(2).image("v1").build();
    ReplicaSet old = setOf(before, 0, 0, NOW.minusSeconds(100));
    Deployment next =
        web(2)
            .image("v2")
            .with(b -> b.editSpec().withNewStrategy().withType("Recreate").endStrategy().endSpec())
            .build();
    Pod last = aPod("last").ownedBy(old).deleting(NOW).build();
    assertThat(
            DeploymentPlan.of(
                new DeploymentPlan.Observed(next, List.of(old), List.of(last), Moment.of(NOW))))
        .noneMatch(Create.class::isInstance);
    assertThat(only(plan(next, old), Create.class).replicaSet().getSpec().getReplicas())
        .isEqualTo(2);
  }

  @Test
  void aPausedDeploymentMakesNoNewSet() {
    Deployment old = web(2).image("v1").build();
    Deployment paused =
        web(2).image("v2").with(b -> b.editSpec().withPaused(true).endSpec()).build();
    List<DeploymentAction> actions = plan(paused, setOf(old, 2, 2, NOW.minusSeconds(100)));
    assertThat(actions).noneMatch(Create.class::isInstance);
    assertThat(reasons(status(actions))).containsEntry("Progressing", "Unknown DeploymentPaused");
  }

  @Test
  void historyBeyondTheLimitIsDeleted() {
    Deployment deployment =
        web(1).image("v9").with(b -> b.editSpec().withRevisionHistoryLimit(1).endSpec()).build();
    ReplicaSet present = setOf(deployment, 1, 1, NOW.minusSeconds(1));
    ReplicaSet first = withRevision(setOf(web(1).image("v1").build(), 0, 0, NOW), "1");
    ReplicaSet second = withRevision(setOf(web(1).image("v2").build(), 0, 0, NOW), "2");
    Deployment complete =
        new DeploymentBuilder(deployment)
            .withStatus(status(plan(deployment, present, first, second)))
            .build();
    List<DeploymentAction> actions = plan(complete, present, first, second);
    assertThat(actions.stream().filter(Delete.class::isInstance))
        .containsExactly(new Delete(first));
  }

  @Test
  void anAdoptedSetsRevisionIsCountedOnHoweverLargeItIs() {
    ReplicaSet old =
        withRevision(setOf(web(1).image("v1").build(), 1, 1, NOW), "3546343826724305832");
    ReplicaSet created = only(plan(web(1).image("v2").build(), old), Create.class).replicaSet();
    assertThat(created.getMetadata().getAnnotations())
        .containsEntry(Revisions.REVISION, "3546343826724305833");
  }

  private static ReplicaSet withRevision(ReplicaSet set, String revision) {
    return new ReplicaSetBuilder(set)
        .editMetadata()
        .addToAnnotations(Revisions.REVISION, revision)
        .endMetadata()
        .editStatus()
        .withObservedGeneration(1L)
        .endStatus()
        .build();
  }

  @Test
  void anEmptySelectorIsRefused() {
    Deployment all =
        web(1).with(b -> b.editSpec().withNewSelector().endSelector().endSpec()).build();
    assertThat(plan(all)).contains(new RefuseEmptySelector());
  }

  @Test
  void theHashDoesNotDependOnTheOrderOfLabels() {
    Deployment one = web(1).build();
    Deployment other =
        new DeploymentBuilder(one)
            .editSpec()
            .editTemplate()
            .editMetadata()
            .withLabels(Map.of("app", "web"))
            .endMetadata()
            .endTemplate()
            .endSpec()
            .build();
    assertThat(TemplateHash.of(one.getSpec().getTemplate(), null))
        .isEqualTo(TemplateHash.of(other.getSpec().getTemplate(), null));
  }
}
