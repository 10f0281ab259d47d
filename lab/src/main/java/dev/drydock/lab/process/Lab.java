package dev.drydock.lab.process;

import dev.drydock.lab.pki.Endpoints;
import dev.drydock.lab.pki.LabPki;
import dev.drydock.lab.pki.NodeIdentity;
import dev.drydock.lab.topology.AddressBlock;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.topology.Topology;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A lab of host processes. Every operation reads the state from the lab's folder, so any number of
/// launcher processes may work on one lab, one after the other.
public final class Lab {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final LabHome home;
  private final InstantSource clock;
  private final Launcher launcher;

  public Lab(LabHome home, Installation installation, InstantSource clock) {
    this.home = home;
    this.clock = clock;
    this.launcher = new Launcher(home, installation);
  }

  public LabHome home() {
    return home;
  }

  /// URL of the REST port.
  public static String server(Topology topology) {
    return "https://" + topology.block().controlPlane() + ":" + Arguments.REST_PORT;
  }

  /// `HOST:PORT` of the gRPC port.
  public static String grpcServer(Topology topology) {
    return topology.block().controlPlane() + ":" + Arguments.GRPC_PORT;
  }

  /// `HOST:PORT` of the gRPC port of a node's kubelet.
  public static String kubelet(Topology topology, LabNode node) {
    return topology.address(node) + ":" + Arguments.KUBELET_PORT;
  }

  /// Starts every component that does not run, and waits until all nodes are ready.
  ///
  /// @throws LabException when something is in the way; what was started is stopped again
  public void up(Topology topology, Progress progress, Duration patience) {
    Startup startup = new Startup(this, topology, progress, clock);
    if (find(Component.of(Role.API_SERVER)).isEmpty()) {
      requireFree(topology);
    }
    startup.certificates(prepare(topology));
    var started = new ArrayList<Component>();
    try {
      for (Component component : topology.components()) {
        if (find(component).isEmpty()) {
          launcher.start(component, topology);
          started.add(component);
        }
      }
      startup.awaitReady(started, patience);
    } catch (LabException e) {
      stop(started);
      throw e;
    }
  }

  /// Makes what components need to start: the folder, certificates, kubeconfigs.
  ///
  /// @return what was made, by file name
  public List<String> prepare(Topology topology) {
    home.save(topology);
    return makeCertificates(topology);
  }

  /// The flags with which a component is started.
  public List<String> flags(Component component, Topology topology) {
    return new Arguments(home, topology).of(component);
  }

  /// Stops every component, nodes first, etcd last. Nothing stored is lost.
  public void down(Topology topology) {
    stop(topology.components());
  }

  /// The process of a component, if it is there.
  public Optional<RunningProcess> find(Component component) {
    return launcher.find(component);
  }

  /// The process of a component.
  ///
  /// @throws LabException when it does not run
  public RunningProcess require(Component component) {
    return find(component).orElseThrow(() -> new LabException(component.name() + " does not run"));
  }

  /// Starts a component that does not run.
  public RunningProcess start(Component component, Topology topology) {
    makeCertificates(topology);
    return find(component).orElseGet(() -> launcher.start(component, topology));
  }

  /// Stops components in reverse order of start, those of one level together.
  public void stop(List<Component> components) {
    List<Role> levels =
        components.stream()
            .map(Component::role)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (List<Role> together : levels(levels)) {
      List<Component> level =
          components.stream().filter(component -> together.contains(component.role())).toList();
      level.forEach(component -> find(component).ifPresent(RunningProcess::requestStop));
      for (Component component : level) {
        find(component).ifPresent(process -> process.awaitStop(STOP_PATIENCE));
        launcher.forget(component);
      }
    }
  }

  /// Adds a node and starts its processes; returns at once.
  public LabNode addNode(String name) {
    Topology topology = home.requireTopology().plusNode(name);
    LabNode node = topology.nodes().getLast();
    home.save(topology);
    topology.componentsOf(node).forEach(component -> start(component, topology));
    return node;
  }

  /// Takes a node out of the lab: its processes end and its Node object is deleted.
  public void removeNode(LabNode node) {
    Topology topology = home.requireTopology();
    stop(topology.componentsOf(node));
    home.save(topology.minusNode(node));
    try {
      LabApi.of(home, server(topology)).delete("/api/v1/nodes/" + node.name());
    } catch (IOException e) {
      throw new LabException(
          node.name()
              + " is stopped, but its Node object could not be deleted ("
              + e.getMessage()
              + "): kubectl delete node "
              + node.name(),
          e);
    }
  }

  Probe probe(Topology topology) {
    return new Probe(topology, LabApi.of(home, server(topology)));
  }

  private List<String> makeCertificates(Topology topology) {
    String controlPlane = topology.block().controlPlane();
    var endpoints =
        new Endpoints(server(topology), "https://" + grpcServer(topology), List.of(controlPlane));
    try {
      List<NodeIdentity> nodes =
          topology.nodes().stream()
              .map(
                  node ->
                      new NodeIdentity(node.name(), List.of(node.name(), topology.address(node))))
              .toList();
      return LabPki.in(home.root(), clock).ensure(nodes, endpoints);
    } catch (IOException | GeneralSecurityException e) {
      throw new LabException(
          "can't make the certificates in " + home.pki("") + ": " + e.getMessage(), e);
    }
  }

  /// The first address block, from the given one on, on which nobody listens.
  public static AddressBlock freeBlock(AddressBlock from) {
    AddressBlock block = from;
    while (isTaken(block)) {
      if (block.number() == 254) {
        throw new LabException("no free address block from 127." + from.number() + ".0.0 on");
      }
      block = block.next();
    }
    return block;
  }

  private void requireFree(Topology topology) {
    String host = topology.block().controlPlane();
    for (int port : List.of(Arguments.REST_PORT, Arguments.GRPC_PORT)) {
      if (Probe.listens(host, port)) {
        throw new LabException(
            "port "
                + port
                + " on "
                + host
                + " is in use by another program, perhaps another lab:"
                + " stop it, or choose other addresses with --address-block");
      }
    }
    if (find(Component.of(Role.ETCD)).isEmpty() && Probe.listens(host, Arguments.ETCD_PORT)) {
      throw new LabException(
          "port "
              + Arguments.ETCD_PORT
              + " on "
              + host
              + " is in use by another program: stop it,"
              + " or choose other addresses with --address-block");
    }
  }

  private static boolean isTaken(AddressBlock block) {
    return Probe.listens(block.controlPlane(), Arguments.REST_PORT)
        || Probe.listens(block.controlPlane(), Arguments.GRPC_PORT)
        || Probe.listens(block.controlPlane(), Arguments.ETCD_PORT);
  }

  private static List<List<Role>> levels(List<Role> present) {
    return List.of(
            List.of(Role.KUBE_PROXY, Role.KUBELET, Role.SCHEDULER, Role.CONTROLLER_MANAGER),
            List.of(Role.API_SERVER),
            List.of(Role.ETCD))
        .stream()
        .map(level -> level.stream().filter(present::contains).toList())
        .filter(level -> !level.isEmpty())
        .toList();
  }
}
