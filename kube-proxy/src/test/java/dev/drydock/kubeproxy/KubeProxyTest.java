package dev.drydock.kubeproxy;

import static dev.drydock.testkit.objects.Objects.aService;
import static dev.drydock.testkit.objects.Objects.aSlice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.ledger.Effects;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Kinds;
import dev.drydock.kubeproxy.dataplane.InMemoryDataplane;
import dev.drydock.kubeproxy.pace.SyncPace;
import dev.drydock.kubeproxy.rules.RuleSet;
import dev.drydock.kubeproxy.rules.ServiceRules;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.objects.SliceObject;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeProxyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);
  private final SharedInformers informers = new SharedInformers(api, clock, new Random(1));
  private final InMemoryDataplane dataplane = new InMemoryDataplane();
  private final BlockingQueue<Effects.Effect> effects = new LinkedBlockingQueue<>();
  private final KubeProxy proxy =
      new KubeProxy(
          "n1",
          informers,
          new ServiceRules("n1", AddressRange.parse("10.244.0.0/16")),
          dataplane,
          new SyncPace.Settings(SECOND, Duration.ofSeconds(30)),
          new KubeProxy.Reports(clock, clock, InteractionLog.SILENT, effects::add, new Metrics()));

  private static SliceObject slice() {
    return aSlice("web-1").of("web").port("http", 8080);
  }

  private void givenWeb() {
    api.given(
        aService("web").clusterIp("10.96.0.80").nodePort("http", 80, 8080, 31111).build(),
        slice().ready("10.244.1.2", "n1").build());
  }

  private void start() {
    proxy.start();
    informers.start();
  }

  @AfterEach
  void close() {
    proxy.close();
    informers.close();
    api.assertNothingMutated();
  }

  @Test
  void theFirstRulesComeAtOnceAndNameTheirCauses() throws InterruptedException {
    givenWeb();
    start();
    Effects.Effect effect = effects.take();
    assertThat(effect.verb()).isEqualTo("rules");
    assertThat(effect.component()).isEqualTo("kube-proxy/n1");
    assertThat(effect.key()).isEqualTo(ObjectKey.of("default", "web"));
    assertThat(effect.causes())
        .containsExactly(api.revision(), Revision.of(api.revision().value() - 1));
    assertThat(effect.note()).isEqualTo("1 endpoint");
    assertThat(dataplane.applied()).hasSize(1);
    assertThat(dataplane.applied().getFirst().listenPorts()).containsExactly(31111);
    assertThat(proxy.health().answer().code()).isEqualTo(200);
  }

  @Test
  void changesWithinASecondGoTogether() throws InterruptedException {
    givenWeb();
    start();
    effects.take();
    clock.awaitPending(2);
    for (int i = 3; i < 8; i++) {
      api.given(slice().ready("10.244.1." + i, "n1").build());
    }
    informers.informer(Kinds.ENDPOINT_SLICE).awaitRevision(api.revision());
    assertThat(effects).isEmpty();
    clock.advance(SECOND);
    Effects.Effect effect = effects.take();
    assertThat(effect.causes()).hasSize(5);
    assertThat(dataplane.applied()).hasSize(2);
  }

  @Test
  void aKernelOutOfReachIsTriedAgainWithNothingLost() throws InterruptedException {
    dataplane.failNext(2);
    givenWeb();
    start();
    while (effects.isEmpty()) {
      // One, not two: a run that begins while the clock moves has its rest behind it already.
      clock.awaitPending(1);
      clock.advance(Duration.ofSeconds(4));
    }
    assertThat(effects.take().causes()).hasSize(2);
    assertThat(dataplane.applied()).hasSize(1);
  }

  @Test
  void aKernelThatStartsAnewGetsEverythingAgain() throws InterruptedException {
    givenWeb();
    start();
    effects.take();
    clock.awaitPending(2);
    dataplane.restart();
    clock.advance(SECOND);
    while (dataplane.applied().size() < 3) {
      Thread.onSpinWait();
    }
    List<RuleSet> applied = dataplane.applied();
    assertThat(applied.getLast()).isEqualTo(applied.getFirst());
  }

  @Test
  void aServiceThatGoesTakesItsRulesAlong() throws InterruptedException {
    givenWeb();
    start();
    effects.take();
    clock.awaitPending(2);
    api.vanish(Kinds.SERVICE, ObjectKey.of("default", "web"));
    informers.informer(Kinds.SERVICE).awaitRevision(api.revision());
    clock.advance(SECOND);
    assertThat(effects.take().note()).isEqualTo("no rules");
    assertThat(dataplane.applied().getLast().listenPorts()).isEmpty();
  }
}
