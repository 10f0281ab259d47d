package dev.drydock.kubelet.kernel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.api.netfilter.Chain;
import dev.drydock.api.netfilter.PacketWalk;
import dev.drydock.api.netfilter.RuleTable;
import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Listening;
import dev.drydock.kubelet.network.NodeNetwork;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The network of one simulated node.
///
/// ```
/// pod dials ---- PREROUTING -+                        +-> a pod of this process: memory
/// node dials --- OUTPUT -----+-> rule table -> route -+-> a pod of another: tunnel
/// real socket -- PREROUTING -+                        +-> anything else: real TCP
/// ```
public final class NodeKernel implements NodeNetwork, AutoCloseable {
  /// Of 127.0.0.0/8 only the beginning: other nodes of a lab have their addresses there.
  static final AddressRange LOOPBACK = AddressRange.parse("127.0.0.0/24");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  private final Settings settings;
  private final Fabric fabric;
  private final Environment environment;
  private final Delivery delivery;
  private final RecentClients recent;
  private final HostSockets sockets;
  private final HostPorts hostPorts;
  private final HostNamespace host;
  private final int localAddress;
  private final Map<Uid, PodNamespace> pods = new ConcurrentHashMap<>();
  private final Object programming = new Object();

  @GuardedBy("programming")
  private final Map<Integer, Listening> nodePorts = new HashMap<>();

  private volatile RuleTable rules = RuleTable.EMPTY;

  /// @param address of the node; must be one that this computer has
  /// @param pods the pod addresses of the whole cluster, which exist in memory only
  /// @param services the Service addresses of the whole cluster, likewise
  public record Settings(String node, String address, AddressRange pods, AddressRange services) {

    /// With the ranges of a lab: 10.244.0.0/16 and 10.96.0.0/12.
    public static Settings of(String node, String address) {
      return new Settings(
          node, address, AddressRange.parse("10.244.0.0/16"), AddressRange.parse("10.96.0.0/12"));
    }
  }

  /// Time, chance and names.
  public record Environment(
      InstantSource clock, Timers timers, RandomGenerator random, Names names) {}

  /// Where a packet would go.
  ///
  /// @param result `10.244.1.7:80`, or `rejected`, or `dropped`
  public record Explanation(List<String> steps, String result) {}

  public NodeKernel(Settings settings, Fabric fabric, Environment environment) {
    this.settings = settings;
    this.fabric = fabric;
    this.environment = environment;
    this.delivery = new Delivery(settings, fabric, environment.timers());
    this.recent = new RecentClients(environment.clock(), environment.timers());
    this.sockets = new HostSockets(settings.address());
    this.hostPorts = new HostPorts(settings.address(), sockets, this::join);
    this.host = new HostNamespace(settings.address(), this, sockets, fabric.flows());
    this.localAddress = AddressRange.address(settings.address());
  }

  public String node() {
    return settings.node();
  }

  Names names() {
    return environment.names();
  }

  @Override
  public PodNetwork attach(PodSandbox sandbox) {
    PodNetwork network;
    if (sandbox.mode() == PodSandbox.Mode.HOST) {
      network = host;
    } else {
      var pod = new PodNamespace(sandbox, this, fabric.flows(), environment.names());
      if (pods.putIfAbsent(sandbox.uid(), pod) != null) {
        throw new IllegalStateException("pod " + sandbox.pod() + " is already attached");
      }
      try {
        fabric.add(pod);
      } catch (IllegalStateException taken) {
        pods.remove(sandbox.uid());
        throw taken;
      }
      hostPorts.open(sandbox);
      network = pod;
    }
    return network;
  }

  @Override
  public void detach(Uid pod) {
    PodNamespace gone = pods.remove(pod);
    if (gone != null) {
      gone.close();
      fabric.remove(gone);
    }
    hostPorts.close(pod);
  }

  @Override
  public PodNetwork host() {
    return host;
  }

  public RuleTable rules() {
    return rules;
  }

  /// The live connections, for people.
  public List<String> connections() {
    return fabric.flows().all().stream().map(Flows.Flow::toString).sorted().toList();
  }

  /// Replaces the whole table, and listens on exactly these ports of the node.
  ///
  /// @return the ports that somebody else holds, by number, with the reason
  public Map<Integer, String> replaceRules(RuleTable table, Set<Integer> ports) {
    Map<Integer, String> refused = new TreeMap<>();
    rules = table;
    synchronized (programming) {
      nodePorts
          .entrySet()
          .removeIf(
              open -> {
                boolean unwanted = !ports.contains(open.getKey());
                if (unwanted) {
                  open.getValue().close();
                }
                return unwanted;
              });
      for (int port : ports) {
        if (nodePorts.containsKey(port)) {
          continue;
        }
        try {
          nodePorts.put(port, sockets.listen(port, client -> forward(client, port)));
        } catch (IOException failure) {
          refused.put(port, String.valueOf(failure.getMessage()));
        }
      }
    }
    return refused;
  }

  /// A real connection to a node port: its first packet walks the rules.
  private void forward(SocketConnection client, int port) throws IOException, InterruptedException {
    Connection pod;
    try {
      pod =
          connect(
              Chain.PREROUTING,
              Protocol.TCP,
              client.remote(),
              new Endpoint(settings.address(), port),
              CONNECT_TIMEOUT);
    } catch (IOException _) {
      client.reset();
      return;
    }
    Splice.run(client, pod);
  }

  /// A real connection to a host port.
  private void join(SocketConnection client, Endpoint dialled, Endpoint target)
      throws IOException, InterruptedException {
    Connection pod;
    try {
      pod =
          delivery.deliver(
              new Tunnels.Flow(Protocol.TCP, client.remote(), dialled, target), CONNECT_TIMEOUT);
    } catch (IOException _) {
      client.reset();
      return;
    }
    Splice.run(client, pod);
  }

  /// Sends a connection's first packet through the rules and then where they say.
  Connection connect(
      String hook, Protocol protocol, Endpoint source, Endpoint dialled, Duration timeout)
      throws IOException {
    var packet =
        new PacketWalk.Packet(
            protocol.name().toLowerCase(Locale.ROOT),
            source.host(),
            source.port(),
            dialled.host(),
            dialled.port());
    return switch (new PacketWalk(rules, new LiveHost()).walk(hook, packet, _ -> {})) {
      case PacketWalk.Verdict.Rejected() -> throw new ConnectException("Connection refused");
      case PacketWalk.Verdict.Dropped() -> throw delivery.noAnswer(timeout);
      case PacketWalk.Verdict.Passed(String address, int port, PacketWalk.Source seen) -> {
        String sourceSeen =
            switch (seen) {
              case KEPT -> source.host();
              case MASQUERADED -> settings.address();
            };
        yield delivery.deliver(
            new Tunnels.Flow(
                protocol,
                new Endpoint(sourceSeen, source.port()),
                dialled,
                throughHostPort(protocol, new Endpoint(address, port))),
            timeout);
      }
    };
  }

  private Endpoint throughHostPort(Protocol protocol, Endpoint to) {
    return hostPorts.find(protocol, to).orElse(to);
  }

  boolean isHostPort(Protocol protocol, Endpoint endpoint) {
    return hostPorts.find(protocol, endpoint).isPresent();
  }

  /// Walks a packet through the rules without sending it; nothing remembers it.
  ///
  /// @throws IllegalArgumentException when an address or the protocol is not one
  public Explanation explain(PacketWalk.Packet packet) {
    List<String> steps = new ArrayList<>();
    String hook = packet.source().equals(settings.address()) ? Chain.OUTPUT : Chain.PREROUTING;
    PacketWalk.Verdict verdict =
        new PacketWalk(rules, new WatchedHost()).walk(hook, packet, steps::add);
    String result =
        switch (verdict) {
          case PacketWalk.Verdict.Rejected() -> "rejected";
          case PacketWalk.Verdict.Dropped() -> "dropped";
          case PacketWalk.Verdict.Passed(String address, int port, PacketWalk.Source source) -> {
            switch (source) {
              case KEPT -> {}
              case MASQUERADED -> steps.add("the source becomes " + settings.address());
            }
            var passed = new Endpoint(address, port);
            Protocol protocol = Protocol.valueOf(packet.protocol().toUpperCase(Locale.ROOT));
            Endpoint to = throughHostPort(protocol, passed);
            if (!to.equals(passed)) {
              steps.add(passed + " is a host port of this node");
            }
            steps.add(delivery.describe(to.host()));
            yield to.toString();
          }
        };
    return new Explanation(List.copyOf(steps), result);
  }

  /// The pod with that address on this node, if there is one.
  public Optional<String> podAt(String address) {
    return fabric.find(address).map(pod -> pod.pod().toString());
  }

  @Override
  public void close() {
    sockets.closeAll();
    List.copyOf(pods.keySet()).forEach(this::detach);
  }

  /// What the walk of a real packet sees and leaves behind.
  private class LiveHost implements PacketWalk.Host {
    @Override
    public boolean isLocal(int address) {
      return address == localAddress || LOOPBACK.contains(address);
    }

    @Override
    public double chance() {
      synchronized (environment.random()) {
        return environment.random().nextDouble();
      }
    }

    @Override
    public boolean used(String chain, String source, int seconds) {
      return recent.used(chain, source, seconds);
    }

    @Override
    public void use(String chain, String source) {
      recent.use(chain, source);
    }
  }

  private final class WatchedHost extends LiveHost {
    @Override
    public void use(String chain, String source) {}
  }
}
