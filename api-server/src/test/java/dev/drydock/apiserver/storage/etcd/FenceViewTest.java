package dev.drydock.apiserver.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.storage.etcd.FenceView.Action;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FenceViewTest {

  private static Action decide(String owner, long fence, Set<String> servers, long held) {
    return new FenceView(owner, fence, servers).decide("a", held);
  }

  @Test
  void whoIsAlonePutsAFence() {
    assertThat(decide("", 0, Set.of("a"), 0)).isEqualTo(new Action.Claim(0));
  }

  @Test
  void whoIsAloneKeepsHisFence() {
    assertThat(decide("a", 5, Set.of("a"), 5)).isEqualTo(new Action.Keep());
  }

  @Test
  void theFenceOfAnEarlierProcessIsTakenOver() {
    assertThat(decide("a", 5, Set.of("a"), 0)).isEqualTo(new Action.Claim(5));
    assertThat(decide("a", 6, Set.of("a"), 5)).isEqualTo(new Action.Claim(6));
  }

  @Test
  void whoIsNotAloneTakesHisFenceAway() {
    assertThat(decide("a", 5, Set.of("a", "b"), 5)).isEqualTo(new Action.Yield());
    assertThat(decide("a", 5, Set.of("a", "b"), 0)).isEqualTo(new Action.Yield());
  }

  @Test
  void whoIsNotAlonePutsNone() {
    assertThat(decide("", 0, Set.of("a", "b"), 0)).isEqualTo(new Action.Share());
    assertThat(decide("b", 5, Set.of("a", "b"), 0)).isEqualTo(new Action.Share());
  }

  @Test
  void theFenceOfOneWhoHasGoneIsWaitedFor() {
    assertThat(decide("b", 5, Set.of("a"), 0)).isEqualTo(new Action.Share());
  }
}
