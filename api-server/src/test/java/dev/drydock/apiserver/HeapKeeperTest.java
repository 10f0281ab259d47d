package dev.drydock.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapKeeperTest {
  private static final long MB = 1L << 20;

  private final FakeClock clock = new FakeClock();
  private long size = 40 * MB;
  private int collections;
  private final HeapKeeper keeper = new HeapKeeper(clock, () -> size, this::collect);

  private void collect() {
    collections++;
    size = 60 * MB;
  }

  private void look(long found) {
    size = found;
    clock.advance(Duration.ofSeconds(5));
  }

  @Test
  void collectsWhenTheHeapHasGrownByHalfSinceTheLastTime() {
    keeper.start();
    look(71 * MB);
    assertThat(collections).isZero();
    look(73 * MB);
    assertThat(collections).isEqualTo(1);
    look(89 * MB);
    assertThat(collections).isEqualTo(1);
    look(91 * MB);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void collectsOnceWhatALittleGrowthLeftWhenTheHeapIsAtRest() {
    keeper.start();
    look(60 * MB);
    assertThat(collections).isZero();
    look(60 * MB);
    assertThat(collections).isEqualTo(1);
    look(60 * MB);
    look(60 * MB);
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void leavesASmallHeapAndAClosedServerAlone() {
    keeper.start();
    look(50 * MB);
    look(50 * MB);
    keeper.close();
    look(500 * MB);
    look(500 * MB);
    assertThat(collections).isZero();
  }
}
