package dev.drydock.controllers.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.garbage.GarbageAction.Delete;
import dev.drydock.controllers.garbage.GarbageAction.Dependents;
import dev.drydock.controllers.garbage.GarbageAction.DropOwners;
import dev.drydock.controllers.garbage.GarbageAction.RemoveFinalizer;
import dev.drydock.controllers.garbage.GarbageAction.Unblock;
import dev.drydock.controllers.garbage.GarbageCase.OwnerState;
import dev.drydock.controllers.garbage.GarbageCase.Standing;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Cases and what becomes of them.
class GarbagePlanTest {
  private static OwnerReference owner(String uid) {
    return new OwnerReferenceBuilder()
        .withUid(uid)
        .withName(uid)
        .withKind("ReplicaSet")
        .withApiVersion("apps/v1")
        .withBlockOwnerDeletion(true)
        .build();
  }

  private static Item item(
      String uid, Item.Deleting deleting, List<String> finalizers, String... owners) {
    return new Item(
        Kinds.POD.type(),
        ObjectKey.of("default", uid),
        new Uid(uid),
        Revision.of(1),
        Stream.of(owners).map(GarbagePlanTest::owner).toList(),
        finalizers,
        deleting);
  }

  private static Item living(String uid, String... owners) {
    return item(uid, Item.Deleting.NO, List.of(), owners);
  }

  private static GarbageCase given(Item item, List<Item> dependents, Standing... standings) {
    var owners = new ArrayList<OwnerState>();
    for (int i = 0; i < standings.length; i++) {
      owners.add(new OwnerState(item.owners().get(i), standings[i]));
    }
    return new GarbageCase(item, owners, dependents);
  }

  @Test
  void whatHasAnOwnerStays() {
    assertThat(GarbagePlan.of(given(living("a", "o"), List.of(), Standing.PRESENT))).isEmpty();
  }

  @Test
  void whatHasNoOwnerLeftGoes() {
    Item item = living("a", "o");
    assertThat(GarbagePlan.of(given(item, List.of(), Standing.ABSENT)))
        .containsExactly(new Delete(item, Dependents.FOLLOW));
  }

  @Test
  void oneOwnerIsEnoughAndDeadReferencesAreDropped() {
    Item item = living("a", "o", "p");
    assertThat(GarbagePlan.of(given(item, List.of(), Standing.PRESENT, Standing.ABSENT)))
        .containsExactly(new DropOwners(item, Set.of(new Uid("p"))));
  }

  @Test
  void anOwnerThatWaitsPassesTheWaitingOn() {
    Item item = living("a", "o");
    Item child = living("c", "a");
    assertThat(GarbagePlan.of(given(item, List.of(child), Standing.DELETING_DEPENDENTS)))
        .containsExactly(new Delete(item, Dependents.PRECEDE));
    assertThat(GarbagePlan.of(given(item, List.of(), Standing.DELETING_DEPENDENTS)))
        .containsExactly(new Delete(item, Dependents.FOLLOW));
  }

  @Test
  void aCircleIsBroken() {
    Item item = living("a", "o");
    Item child = item("c", Item.Deleting.YES, List.of(Item.FOREGROUND), "a");
    assertThat(GarbagePlan.of(given(item, List.of(child), Standing.DELETING_DEPENDENTS)))
        .containsExactly(new Unblock(item), new Delete(item, Dependents.PRECEDE));
  }

  @Test
  void aWaitingOwnerGoesWhenNothingBlocksIt() {
    Item waiting = item("o", Item.Deleting.YES, List.of(Item.FOREGROUND));
    assertThat(GarbagePlan.of(given(waiting, List.of(living("a", "o"))))).isEmpty();
    assertThat(GarbagePlan.of(given(waiting, List.of())))
        .containsExactly(new RemoveFinalizer(waiting, Item.FOREGROUND));
  }

  @Test
  void orphaningSetsEveryDependentFreeFirst() {
    Item going = item("o", Item.Deleting.YES, List.of(Item.ORPHAN));
    Item child = living("a", "o");
    assertThat(GarbagePlan.of(given(going, List.of(child))))
        .containsExactly(
            new DropOwners(child, Set.of(new Uid("o"))), new RemoveFinalizer(going, Item.ORPHAN));
  }
}
