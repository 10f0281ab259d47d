package dev.drydock.lab.process;

import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Watches components come up and says when each is ready.
final class Startup {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int LOG_LINES = 12;

  private final Lab lab;
  private final Topology topology;
  private final Progress progress;
  private final InstantSource clock;
  private final Instant begin;

  Startup(Lab lab, Topology topology, Progress progress, InstantSource clock) {
    this.lab = lab;
    this.topology = topology;
    this.progress = progress;
    this.clock = clock;
    this.begin = clock.instant();
  }

  void certificates(List<String> made) {
    tell("certificates", "", made.isEmpty() ? "kept" : made.size() + " made");
  }

  /// Returns when every started component answers and every node is Ready.
  ///
  /// @throws LabException when a component ends, or the time is over
  void awaitReady(List<Component> started, Duration patience) {
    Probe probe = lab.probe(topology);
    List<Component> components = new ArrayList<>(started);
    List<LabNode> nodes = new ArrayList<>(topology.nodes());
    while (!components.isEmpty() || !nodes.isEmpty()) {
      requireAlive(started);
      for (Component component : List.copyOf(components)) {
        if (probe.isReady(component)) {
          components.remove(component);
          if (!component.role().isPerNode()) {
            tell(component.name(), address(component), "ready");
          }
        }
      }
      boolean served = components.stream().noneMatch(c -> c.role() == Role.API_SERVER);
      Set<String> ready = served && !nodes.isEmpty() ? probe.readyNodes() : Set.of();
      for (LabNode node : List.copyOf(nodes)) {
        if (ready.contains(node.name())
            && components.stream().noneMatch(c -> node.equals(c.onNode().orElse(null)))) {
          nodes.remove(node);
          tell(node.name(), topology.address(node), "Ready");
        }
      }
      if (sinceBegin().compareTo(patience) > 0) {
        throw new LabException(late(components, nodes, patience));
      }
      pause();
    }
  }

  private void requireAlive(List<Component> started) {
    for (Component component : started) {
      if (lab.find(component).isEmpty()) {
        throw new LabException(
            component.name()
                + " ended while starting; the end of "
                + lab.home().log(component)
                + ":\n"
                + lastLines(lab.home().log(component)));
      }
    }
  }

  private String late(List<Component> components, List<LabNode> nodes, Duration patience) {
    String missing =
        components.isEmpty()
            ? "nodes that are not Ready: "
                + String.join(", ", nodes.stream().map(LabNode::name).toList())
            : "not ready: " + String.join(", ", components.stream().map(Component::name).toList());
    String log =
        components.isEmpty()
            ? ""
            : "\nthe end of "
                + lab.home().log(components.getFirst())
                + ":\n"
                + lastLines(lab.home().log(components.getFirst()));
    return "the lab did not come up within " + patience.toSeconds() + " s; " + missing + log;
  }

  private String address(Component component) {
    String host = topology.block().controlPlane();
    return switch (component.role()) {
      case ETCD -> "https://" + host + ":" + Arguments.ETCD_PORT;
      case API_SERVER -> Lab.server(topology);
      case CONTROLLER_MANAGER -> host + ":" + Arguments.CONTROLLER_MANAGER_PORT;
      case SCHEDULER -> host + ":" + Arguments.SCHEDULER_PORT;
      case KUBELET, KUBE_PROXY -> topology.address(component.onNode().orElseThrow());
    };
  }

  private void tell(String what, String where, String state) {
    progress.step(what, where, state, sinceBegin());
  }

  private Duration sinceBegin() {
    return Duration.between(begin, clock.instant());
  }

  private static void pause() {
    try {
      if (new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", e);
    }
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return "  "
          + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "  (" + e.getMessage() + ")";
    }
  }
}
