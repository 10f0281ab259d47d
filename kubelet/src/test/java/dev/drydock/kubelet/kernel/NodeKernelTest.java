package dev.drydock.kubelet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.netfilter.Action;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.api.netfilter.Chain;
import dev.drydock.api.netfilter.Match;
import dev.drydock.api.netfilter.PacketWalk;
import dev.drydock.api.netfilter.Rule;
import dev.drydock.api.netfilter.RuleTable;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Listening;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.testkit.time.FakeClock;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeKernelTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String ADDRESS = "127.0.7.1";

  private final FakeClock clock = new FakeClock();
  private final Fabric fabric =
      new Fabric(
          _ -> Optional.empty(),
          (_, _, _) -> {
            throw new NoRouteToHostException("No route to host");
          });
  private final NodeKernel kernel =
      new NodeKernel(
          NodeKernel.Settings.of("node-1", ADDRESS),
          fabric,
          new NodeKernel.Environment(
              clock,
              clock,
              new Random(1),
              name ->
                  name.equals("web.default.svc.cluster.local")
                      ? List.of("10.96.0.80")
                      : List.of()));

  @AfterEach
  void close() {
    kernel.close();
  }

  private PodNetwork pod(String name, String address, PodSandbox.HostPort... hostPorts) {
    return kernel.attach(
        new PodSandbox(
            new Uid(name),
            ObjectKey.of("default", name),
            PodSandbox.Mode.POD,
            address,
            new PodSandbox.Resolver(
                List.of("10.96.0.10"),
                List.of("default.svc.cluster.local", "svc.cluster.local", "cluster.local"),
                List.of("ndots:5")),
            List.of(hostPorts)));
  }

  private static Listening serve(PodNetwork pod, String name) throws IOException {
    return serve(pod, name, Protocol.TCP);
  }

  /// Answers each connection with its own name and what it sees of the client.
  private static Listening serve(PodNetwork pod, String name, Protocol protocol)
      throws IOException {
    return pod.listen(
        80,
        protocol,
        connection -> {
          byte[] request = connection.input().readAllBytes();
          String text =
              name
                  + " "
                  + connection.remote().host()
                  + " "
                  + new String(request, StandardCharsets.UTF_8);
          connection.output().write(text.getBytes(StandardCharsets.UTF_8));
        });
  }

  private static String ask(PodNetwork from, String host) throws IOException {
    return ask(from, Protocol.TCP, new Endpoint(host, 80));
  }

  private static String ask(PodNetwork from, Protocol protocol, Endpoint to) throws IOException {
    try (Connection connection = from.dial(protocol, to, TIMEOUT)) {
      connection.output().write("hi".getBytes(StandardCharsets.UTF_8));
      connection.output().close();
      return new String(connection.input().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String ask(int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(ADDRESS, port));
      socket.getOutputStream().write("hi".getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Rule rule(Match match, Action action) {
    return new Rule("", match, action);
  }

  /// Service 10.96.0.80:80 and node port 31111 go to the pod; node ports hide the client.
  private static RuleTable service(String pod) {
    List<Rule> rules =
        List.of(
            rule(
                Match.ALL.to(AddressRange.parse("10.96.0.80")).protocol("tcp").toPort(80),
                new Action.Dnat(pod, 80)),
            rule(Match.ALL.to(AddressRange.parse("10.96.0.81")), new Action.Reject()),
            rule(
                Match.ALL.toLocal().protocol("tcp").toPort(31111),
                new Action.Jump("KUBE-MARK-MASQ")),
            rule(Match.ALL.toLocal().protocol("tcp").toPort(31111), new Action.Dnat(pod, 80)));
    return new RuleTable(
        List.of(
            new Chain("PREROUTING", List.of(rule(Match.ALL, new Action.Jump("KUBE-SERVICES")))),
            new Chain("OUTPUT", List.of(rule(Match.ALL, new Action.Jump("KUBE-SERVICES")))),
            new Chain("POSTROUTING", List.of(rule(Match.ALL, new Action.Masquerade()))),
            new Chain("KUBE-SERVICES", rules),
            new Chain("KUBE-MARK-MASQ", List.of(rule(Match.ALL, new Action.MarkMasquerade())))));
  }

  @Test
  void podsReachEachOtherByAddress() throws IOException {
    serve(pod("a", "10.244.1.2"), "a");
    assertThat(ask(pod("b", "10.244.1.3"), "10.244.1.2")).isEqualTo("a 10.244.1.3 hi");
  }

  @Test
  void nobodyThereIsNoRouteAndNobodyListeningIsRefused() {
    pod("a", "10.244.1.2");
    PodNetwork b = pod("b", "10.244.1.3");
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> ask(b, "10.244.1.2"))
        .withMessage("Connection refused");
    assertThatExceptionOfType(NoRouteToHostException.class)
        .isThrownBy(() -> ask(b, "10.244.1.9"))
        .withMessage("No route to host");
  }

  @Test
  void aServiceIsReachedByAddressAndByName() throws IOException {
    serve(pod("a", "10.244.1.2"), "a");
    kernel.replaceRules(service("10.244.1.2"), Set.of());
    PodNetwork b = pod("b", "10.244.1.3");
    assertThat(ask(b, "10.96.0.80")).isEqualTo("a 10.244.1.3 hi");
    assertThat(ask(b, "web")).isEqualTo("a 10.244.1.3 hi");
    assertThat(ask(b, "web.default.svc")).isEqualTo("a 10.244.1.3 hi");
    assertThat(ask(kernel.host(), "10.96.0.80")).isEqualTo("a " + ADDRESS + " hi");
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> ask(b, "10.96.0.81"));
  }

  @Test
  void aNodePortIsARealSocketWhoseClientIsMasqueraded() throws IOException {
    serve(pod("a", "10.244.1.2"), "a");
    assertThat(kernel.replaceRules(service("10.244.1.2"), Set.of(31111))).isEmpty();
    assertThat(ask(31111)).isEqualTo("a " + ADDRESS + " hi");

    kernel.replaceRules(RuleTable.EMPTY, Set.of());
    assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(31111));
  }

  @Test
  void aTakenNodePortIsTold() throws IOException {
    try (Listening _ = kernel.host().listen(31112, Protocol.TCP, _ -> {})) {
      assertThat(kernel.replaceRules(RuleTable.EMPTY, Set.of(31112)).keySet())
          .containsExactly(31112);
    }
  }

  @Test
  void connectionsDieWithTheirPod() throws IOException {
    PodNetwork a = pod("a", "10.244.1.2");
    PodNetwork b = pod("b", "10.244.1.3");
    a.listen(80, Protocol.TCP, connection -> connection.input().readAllBytes());
    try (Connection connection = b.dial(Protocol.TCP, new Endpoint("10.244.1.2", 80), TIMEOUT)) {
      assertThat(kernel.connections()).hasSize(1);
      kernel.detach(new Uid("a"));
      assertThat(connection.input().read()).isEqualTo(-1);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> connection.output().write(1));
    }
    pod("again", "10.244.1.2");
  }

  @Test
  void hostPortsAndHostPodsAreRealSockets() throws IOException {
    serve(pod("h", "10.244.1.5", new PodSandbox.HostPort(Protocol.TCP, "", 31113, 80)), "h");
    assertThat(ask(31113)).startsWith("h 127.0.");
    kernel.detach(new Uid("h"));
    assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(31113));
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(
            () -> {
              try (Listening one = kernel.host().listen(0, Protocol.TCP, _ -> {})) {
                kernel.host().listen(one.port(), Protocol.TCP, _ -> {}).close();
              }
            });
  }

  @Test
  void aHostPortIsOneOfAnAddressAndAProtocol() throws IOException {
    serve(pod("a", "10.244.1.2", hostPort(Protocol.TCP, "127.0.0.1")), "a");
    serve(pod("b", "10.244.1.3", hostPort(Protocol.TCP, ADDRESS)), "b");
    serve(pod("c", "10.244.1.4", hostPort(Protocol.UDP, ADDRESS)), "c", Protocol.UDP);
    var loopback = new Endpoint("127.0.0.1", 31114);
    var node = new Endpoint(ADDRESS, 31114);

    assertThat(ask(kernel.host(), Protocol.TCP, loopback)).startsWith("a ");
    assertThat(ask(kernel.host(), Protocol.TCP, node)).startsWith("b ");
    assertThat(ask(kernel.host(), Protocol.UDP, node)).startsWith("c ");
    PodNetwork other = pod("d", "10.244.1.5");
    assertThat(ask(other, Protocol.TCP, node)).startsWith("b ");
    assertThat(ask(other, Protocol.UDP, node)).startsWith("c ");
    assertThat(ask(31114)).as("from outside").startsWith("b ");

    kernel.detach(new Uid("c"));
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> ask(kernel.host(), Protocol.UDP, node));
  }

  @Test
  void aHostPortOfAllAddressesIsOneOfTheLoopbackToo() throws IOException {
    serve(pod("a", "10.244.1.2", hostPort(Protocol.UDP, "")), "a", Protocol.UDP);
    assertThat(ask(kernel.host(), Protocol.UDP, new Endpoint("127.0.0.1", 31114))).startsWith("a ");
    assertThat(kernel.explain(new PacketWalk.Packet("udp", ADDRESS, 0, ADDRESS, 31114)))
        .isEqualTo(
            new NodeKernel.Explanation(
                List.of(
                    ADDRESS + ":31114 is a host port of this node",
                    "10.244.1.2 is pod default/a on this node"),
                "10.244.1.2:80"));
  }

  private static PodSandbox.HostPort hostPort(Protocol protocol, String address) {
    return new PodSandbox.HostPort(protocol, address, 31114, 80);
  }

  @Test
  void aPacketsWalkIsExplainedRuleByRule() {
    pod("a", "10.244.1.2");
    kernel.replaceRules(service("10.244.1.2"), Set.of());
    NodeKernel.Explanation explanation =
        kernel.explain(new PacketWalk.Packet("tcp", "1.2.3.4", 0, ADDRESS, 31111));
    assertThat(explanation.result()).isEqualTo("10.244.1.2:80");
    assertThat(explanation.steps())
        .containsExactly(
            "-A PREROUTING -j KUBE-SERVICES",
            "-A KUBE-SERVICES -p tcp -m tcp --dport 31111 -m addrtype --dst-type LOCAL"
                + " -j KUBE-MARK-MASQ",
            "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000",
            "-A KUBE-SERVICES -p tcp -m tcp --dport 31111 -m addrtype --dst-type LOCAL"
                + " -j DNAT --to-destination 10.244.1.2:80",
            "-A POSTROUTING -j MASQUERADE --random-fully",
            "the source becomes " + ADDRESS,
            "10.244.1.2 is pod default/a on this node");
  }
}
