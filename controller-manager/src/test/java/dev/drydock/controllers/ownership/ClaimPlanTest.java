package dev.drydock.controllers.ownership;

import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aReplicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.selector.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who belongs to whom.
class ClaimPlanTest {
  private static final ReplicaSet WEB = aReplicaSet("web").build();
  private static final ReplicaSet OTHER = aReplicaSet("other").build();

  private static ClaimPlan<Pod> plan(ClaimPlan.Mood mood, Pod pod) {
    return ClaimPlan.of(
        Owner.of("apps/v1", "ReplicaSet", WEB),
        mood,
        LabelSelector.ofLabels(Map.of("app", "web")),
        List.of(pod));
  }

  @Test
  void aMatchingOrphanIsAdopted() {
    Pod orphan = aPod("a").labelled("app", "web").build();
    ClaimPlan<Pod> plan = plan(ClaimPlan.Mood.CLAIMING, orphan);
    assertThat(plan.claims()).containsExactly(new Claim.Adopt<>(orphan));
    assertThat(plan.owned()).containsExactly(orphan);
  }

  @Test
  void anOrphanThatIsGoingIsLeftAlone() {
    Pod going = aPod("a").labelled("app", "web").deleting(Instant.EPOCH).build();
    assertThat(plan(ClaimPlan.Mood.CLAIMING, going).claims()).isEmpty();
  }

  @Test
  void aChildThatNoLongerMatchesIsReleased() {
    Pod child = aPod("a").labelled("app", "else").ownedBy(WEB).build();
    ClaimPlan<Pod> plan = plan(ClaimPlan.Mood.CLAIMING, child);
    assertThat(plan.claims()).containsExactly(new Claim.Release<>(child));
    assertThat(plan.owned()).isEmpty();
  }

  @Test
  void anotherOwnersChildIsPassedOver() {
    Pod child = aPod("a").labelled("app", "web").ownedBy(OTHER).build();
    assertThat(plan(ClaimPlan.Mood.CLAIMING, child))
        .isEqualTo(new ClaimPlan<Pod>(List.of(), List.of()));
  }

  @Test
  void anOwnerThatIsGoingAdoptsNothing() {
    Pod orphan = aPod("a").labelled("app", "web").build();
    assertThat(plan(ClaimPlan.Mood.LEAVING, orphan).owned()).isEmpty();
  }
}
