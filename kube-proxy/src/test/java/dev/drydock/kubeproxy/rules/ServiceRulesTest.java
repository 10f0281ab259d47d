package dev.drydock.kubeproxy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.api.netfilter.PacketWalk;
import dev.drydock.api.netfilter.PacketWalk.Packet;
import dev.drydock.api.netfilter.PacketWalk.Source;
import dev.drydock.api.netfilter.PacketWalk.Verdict;
import dev.drydock.kubeproxy.changes.ServiceView;
import dev.drydock.kubeproxy.changes.ServiceView.Condition;
import dev.drydock.kubeproxy.changes.ServiceView.Endpoint;
import dev.drydock.kubeproxy.changes.ServiceView.Outside;
import dev.drydock.kubeproxy.changes.ServiceView.Policy;
import dev.drydock.kubeproxy.changes.ServiceView.Port;
import dev.drydock.kubeproxy.changes.ServiceView.Traffic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Traces packets through the rules of node `n1` (10.0.0.1); pods are in 10.244.0.0/16.
class ServiceRulesTest {
  private static final Traffic PLAIN = new Traffic(Policy.CLUSTER, Policy.CLUSTER, 0);
  private static final Outside NOTHING = new Outside(List.of(), List.of());
  private static final Endpoint HERE = ready("10.244.1.2", "n1");
  private static final Endpoint THERE = ready("10.244.2.2", "n2");
  private static final String POD = "10.244.1.9";
  private static final String OUTSIDER = "192.0.2.1";

  private final ServiceRules rules = new ServiceRules("n1", AddressRange.parse("10.244.0.0/16"));
  private final Host host = new Host();

  private static final class Host implements PacketWalk.Host {
    private final Random random = new Random(1);
    private final Set<String> uses = new HashSet<>();

    @Override
    public boolean isLocal(int address) {
      return address == AddressRange.address("10.0.0.1");
    }

    @Override
    public double chance() {
      return random.nextDouble();
    }

    @Override
    public boolean used(String chain, String source, int seconds) {
      return uses.contains(chain + source);
    }

    @Override
    public void use(String chain, String source) {
      uses.add(chain + source);
    }
  }

  private static Endpoint ready(String address, String node) {
    return new Endpoint(address, 8080, node, Condition.READY);
  }

  private static ServiceView web(Traffic traffic, Outside outside, Endpoint... endpoints) {
    return new ServiceView(
        ObjectKey.of("default", "web"),
        "10.96.0.80",
        traffic,
        outside,
        List.of(new Port("http", "tcp", 80, 31111, List.of(endpoints))));
  }

  private Verdict walk(ServiceView service, String source, String destination, int port) {
    return new PacketWalk(rules.of(List.of(service)).table(), host)
        .walk("PREROUTING", new Packet("tcp", source, 40000, destination, port), _ -> {});
  }

  private static Verdict to(Endpoint endpoint, Source source) {
    return new Verdict.Passed(endpoint.address(), endpoint.port(), source);
  }

  @Test
  void chainsAreNamedAsByTheRealOne() {
    assertThat(ChainNames.cluster("default/kubernetes:https", "tcp"))
        .isEqualTo("KUBE-SVC-NPX46M4PTMTKRN6Y");
    assertThat(ChainNames.cluster("kube-system/kube-dns:dns", "udp"))
        .isEqualTo("KUBE-SVC-TCOU7JCQXEZGVUNU");
  }

  @Test
  void theTableReadsLikeIptablesSave() {
    assertThat(rules.of(List.of(web(PLAIN, NOTHING, HERE))).table().text().lines())
        .contains(
            "-A PREROUTING -m comment --comment \"kubernetes service portals\" -j KUBE-SERVICES",
            "-A KUBE-SERVICES -d 10.96.0.80/32 -p tcp -m comment --comment \"default/web:http"
                + " cluster IP\" -m tcp --dport 80 -j "
                + ChainNames.cluster("default/web:http", "tcp"),
            "-A KUBE-SERVICES -m comment --comment \"kubernetes service nodeports; NOTE: this must"
                + " be the last rule in this chain\" -m addrtype --dst-type LOCAL"
                + " -j KUBE-NODEPORTS");
  }

  @Test
  void aPodReachesTheClusterIpAndKeepsItsAddress() {
    assertThat(walk(web(PLAIN, NOTHING, HERE), POD, "10.96.0.80", 80))
        .isEqualTo(to(HERE, Source.KEPT));
  }

  @Test
  void whatIsNotAPodIsMasqueraded() {
    assertThat(walk(web(PLAIN, NOTHING, HERE), OUTSIDER, "10.96.0.80", 80))
        .isEqualTo(to(HERE, Source.MASQUERADED));
  }

  @Test
  void aPodThatReachesItselfIsMasqueraded() {
    assertThat(walk(web(PLAIN, NOTHING, HERE), HERE.address(), "10.96.0.80", 80))
        .isEqualTo(to(HERE, Source.MASQUERADED));
  }

  @Test
  void aNodePortLeadsToAnyEndpointAndHidesTheClient() {
    assertThat(walk(web(PLAIN, NOTHING, THERE), OUTSIDER, "10.0.0.1", 31111))
        .isEqualTo(to(THERE, Source.MASQUERADED));
    assertThat(rules.of(List.of(web(PLAIN, NOTHING, THERE))).listenPorts()).containsExactly(31111);
  }

  @Test
  void everyEndpointGetsItsShare() {
    ServiceView service =
        web(PLAIN, NOTHING, HERE, THERE, ready("10.244.3.2", "n3"), ready("10.244.3.3", "n3"));
    Map<Verdict, Integer> counts = new HashMap<>();
    for (int i = 0; i < 4000; i++) {
      counts.merge(walk(service, POD, "10.96.0.80", 80), 1, Integer::sum);
    }
    assertThat(counts).hasSize(4);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }

  @Test
  void withoutEndpointsTheConnectionIsRefused() {
    ServiceView service = web(PLAIN, NOTHING);
    assertThat(walk(service, POD, "10.96.0.80", 80)).isEqualTo(new Verdict.Rejected());
    assertThat(walk(service, OUTSIDER, "10.0.0.1", 31111)).isEqualTo(new Verdict.Rejected());
    assertThat(rules.of(List.of(service)).listenPorts()).isEmpty();
  }

  @Test
  void anotherPortIsNobodysBusiness() {
    assertThat(walk(web(PLAIN, NOTHING, HERE), POD, "10.96.0.80", 81))
        .isEqualTo(new Verdict.Passed("10.96.0.80", 81, Source.KEPT));
  }

  @Test
  void withAffinityAClientStaysWithItsEndpoint() {
    ServiceView service =
        web(
            new Traffic(Policy.CLUSTER, Policy.CLUSTER, 10_800),
            NOTHING,
            HERE,
            THERE,
            ready("10.244.3.2", "n3"));
    Verdict first = walk(service, POD, "10.96.0.80", 80);
    for (int i = 0; i < 20; i++) {
      assertThat(walk(service, POD, "10.96.0.80", 80)).isEqualTo(first);
    }
  }

  @Test
  void localInternalTrafficStaysOnTheNodeOrVanishes() {
    Traffic local = new Traffic(Policy.CLUSTER, Policy.LOCAL, 0);
    assertThat(walk(web(local, NOTHING, HERE, THERE), POD, "10.96.0.80", 80))
        .isEqualTo(to(HERE, Source.KEPT));
    assertThat(walk(web(local, NOTHING, THERE), POD, "10.96.0.80", 80))
        .isEqualTo(new Verdict.Dropped());
  }

  @Test
  void localExternalTrafficKeepsTheClient() {
    Traffic local = new Traffic(Policy.LOCAL, Policy.CLUSTER, 0);
    assertThat(walk(web(local, NOTHING, HERE, THERE), OUTSIDER, "10.0.0.1", 31111))
        .isEqualTo(to(HERE, Source.KEPT));
    assertThat(walk(web(local, NOTHING, THERE), OUTSIDER, "10.0.0.1", 31111))
        .isEqualTo(new Verdict.Dropped());
    assertThat(walk(web(local, NOTHING, THERE), POD, "10.96.0.80", 80))
        .isEqualTo(to(THERE, Source.KEPT));
  }

  @Test
  void addressesFromOutsideWorkLikeNodePorts() {
    Outside outside = new Outside(List.of("198.51.100.1"), List.of("203.0.113.1"));
    for (String address : List.of("198.51.100.1", "203.0.113.1")) {
      assertThat(walk(web(PLAIN, outside, THERE), OUTSIDER, address, 80))
          .isEqualTo(to(THERE, Source.MASQUERADED));
    }
  }

  @Test
  void anEndpointThatEndsServesWhenNothingElseDoes() {
    var ending = new Endpoint("10.244.1.3", 8080, "n1", Condition.SERVING_TERMINATING);
    var broken = new Endpoint("10.244.1.4", 8080, "n1", Condition.NOT_READY);
    assertThat(walk(web(PLAIN, NOTHING, ending, broken), POD, "10.96.0.80", 80))
        .isEqualTo(to(ending, Source.KEPT));
    assertThat(walk(web(PLAIN, NOTHING, ending, THERE), POD, "10.96.0.80", 80))
        .isEqualTo(to(THERE, Source.KEPT));
  }
}
