package dev.drydock.apiserver.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenureTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Tenure tenure = new Tenure(nanos::get);

  @Test
  void withoutAFenceNothingIsKnown() {
    tenure.see(7);
    assertThat(tenure.now()).isEqualTo(Revision.NONE);
    assertThat(tenure.fence()).isZero();
  }

  @Test
  void withAFenceTheHighestRevisionSeenIsEnough() {
    tenure.hold(10, nanos.get() + 100);
    assertThat(tenure.now()).isEqualTo(Revision.of(10));
    tenure.see(12);
    tenure.see(11);
    assertThat(tenure.now()).isEqualTo(Revision.of(12));
  }

  @Test
  void certaintyLapsesEvenWhenTheTickerWrapsAround() {
    tenure.hold(10, nanos.get() + 100);
    nanos.addAndGet(99);
    assertThat(tenure.now()).isEqualTo(Revision.of(10));
    nanos.addAndGet(1);
    assertThat(tenure.now()).isEqualTo(Revision.NONE);
    assertThat(tenure.fence()).isEqualTo(10);
  }

  @Test
  void aWriteThatLostTheFenceDropsThatOneOnly() {
    tenure.hold(10, nanos.get() + 100);
    tenure.drop(9);
    assertThat(tenure.fence()).isEqualTo(10);
    tenure.drop(10);
    assertThat(tenure.fence()).isZero();
    assertThat(tenure.now()).isEqualTo(Revision.NONE);
  }
}
