package dev.drydock.controllers.nodelifecycle;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.time.Timers;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at all nodes every few seconds, and at once when one changes its readiness. Everything it
/// remembers belongs to its one thread.
final class NodeMonitor implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(NodeMonitor.class);
  private static final String LEASES = "kube-node-lease";

  private final Caches caches;
  private final NodeWriter writer;
  private final NodeLifecycleSettings settings;
  private final Timers timers;
  private final Supplier<Moment> time;
  private final InteractionLog log;
  private final Thread thread = Thread.ofVirtual().name("node-monitor").unstarted(this::run);
  private final Semaphore wake = new Semaphore(0);

  private final Map<String, NodeHealth> health = new HashMap<>();
  private final Map<String, Node> known = new HashMap<>();
  private final EvictionQueue queue = new EvictionQueue();
  private Map<String, ZoneRules.State> zones = Map.of();

  /// What it reads.
  record Caches(Informer<Node> nodes, Informer<Lease> leases, Informer<Pod> pods) {}

  NodeMonitor(
      Caches caches,
      NodeWriter writer,
      NodeLifecycleSettings settings,
      Timers timers,
      Supplier<Moment> time,
      InteractionLog log) {
    this.caches = caches;
    this.writer = writer;
    this.settings = settings;
    this.timers = timers;
    this.time = time;
    this.log = log;
  }

  @Override
  public void start() {
    caches.nodes().addListener(this::noticed);
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void noticed(Change<Node> change) {
    boolean same =
        change instanceof Change.Updated<Node>(Node before, Node after)
            && NodeConditions.ready(before).equals(NodeConditions.ready(after));
    if (!same) {
      wake.release();
    }
  }

  private void run() {
    try {
      caches.nodes().awaitRevision(Revision.NONE);
      caches.leases().awaitRevision(Revision.NONE);
      caches.pods().awaitRevision(Revision.NONE);
      while (true) {
        look();
        Timers.Cancellable timer = timers.after(settings.monitorPeriod(), wake::release);
        wake.acquire();
        wake.drainPermits();
        timer.cancel();
      }
    } catch (InterruptedException _) {
      LOG.debug("node monitor ends");
    }
  }

  private void look() throws InterruptedException {
    List<Node> nodes = caches.nodes().lister().list();
    welcomeAndForget(nodes);
    List<Node> current = new ArrayList<>();
    for (Node node : nodes) {
      try {
        var scope = new Causes.Scope(List.of(Revision.of(node)), Causes.Scope.NONE.writes());
        current.add(scope.<Node, InterruptedException>call(() -> lookAt(node)));
      } catch (ApiException e) {
        current.add(node);
        LOG.debug("node {} could not be updated: {}", node.getMetadata().getName(), e.getMessage());
      }
    }
    paceZones(current);
    giveUp();
  }

  private void welcomeAndForget(List<Node> nodes) {
    var present = new HashMap<String, Node>();
    for (Node node : nodes) {
      String name = node.getMetadata().getName();
      present.put(name, node);
      Node before = known.get(name);
      if (before == null || !uid(before).equals(uid(node))) {
        health.remove(name);
        writer.tell(
            node,
            "RegisteredNode",
            "Node " + name + " event: Registered Node " + name + " in Controller");
      }
    }
    for (Node gone : List.copyOf(known.values())) {
      String name = gone.getMetadata().getName();
      if (!present.containsKey(name)) {
        health.remove(name);
        queue.remove(name);
        writer.tell(
            gone,
            "RemovingNode",
            "Node " + name + " event: Removing Node " + name + " from Controller");
      }
    }
    known.clear();
    known.putAll(present);
  }

  private static String uid(Node node) {
    return node.getMetadata().getUid();
  }

  /// @return the node as it is then
  private Node lookAt(Node seen) throws InterruptedException {
    String name = seen.getMetadata().getName();
    Moment at = time.get();
    Lease lease = caches.leases().lister().get(ObjectKey.of(LEASES, name)).orElse(null);
    NodeHealth now = NodeHealthRules.observe(seen, lease, health.get(name), at.now());
    health.put(name, now);
    String observed = NodeConditions.ready(seen);
    List<NodeCondition> wanted = NodeHealthRules.judge(seen, now, settings, at);
    Node node = seen;
    if (!wanted.equals(NodeConditions.of(seen))) {
      node = writer.conditions(seen, wanted);
      tell(node, "silent: its conditions are unknown now");
    }
    expelOrKeep(node, observed, at);
    String current = NodeConditions.ready(node);
    if (observed.equals(NodeConditions.TRUE) && !current.equals(NodeConditions.TRUE)) {
      writer.tell(node, "NodeNotReady", "Node " + name + " status is now: NodeNotReady");
    }
    markPods(name, current, at);
    return node;
  }

  /// A silent node's pods cannot be reported by anybody else, so they are marked whenever one is
  /// found ready. A node that says that it is not ready speaks for its pods itself.
  private void markPods(String name, String ready, Moment at) throws InterruptedException {
    if (ready.equals(NodeConditions.UNKNOWN)) {
      List<Pod> pods = caches.pods().lister().byIndex(Indexes.nodeName(), name);
      writer
          .podsNotReady(pods, at.now())
          .ifPresent(e -> LOG.debug("a pod of {} stays ready: {}", name, e.getMessage()));
    }
  }

  private void expelOrKeep(Node node, String ready, Moment at) {
    String name = node.getMetadata().getName();
    boolean blind = ZoneRules.isBlind(zones);
    if (ready.equals(NodeConditions.TRUE)) {
      queue.remove(name);
      keep(node, at);
    } else if (NodeTaintRules.isExpelling(node)) {
      if (!blind) {
        taint(node, ready, at);
      }
    } else {
      queue.add(NodeConditions.zone(node), name);
    }
  }

  private void keep(Node node, Moment at) {
    taint(node, NodeConditions.TRUE, at);
  }

  private void taint(Node node, String ready, Moment at) {
    writer
        .taints(node, current -> NodeTaintRules.withNoExecute(current, ready, at.now()))
        .ifPresent(
            taints ->
                tell(
                    node,
                    taints.stream()
                        .map(taint -> taint.getKey() + ":" + taint.getEffect())
                        .collect(Collectors.joining(", ", "taints: ", ""))));
  }

  private void tell(Node node, String note) {
    log.step(
        new InteractionLog.Step(
            "node-lifecycle-controller",
            "node",
            ObjectKey.of(node),
            Revision.of(node),
            Causes.current().revisions(),
            Duration.ZERO,
            note));
  }

  /// Sets the pace of each zone. When everything falls silent nothing is given up; when the first
  /// node is heard again, all get a fresh start.
  private void paceZones(List<Node> nodes) {
    Map<String, ZoneRules.State> before = zones;
    zones = ZoneRules.states(nodes, settings.zones());
    Moment at = time.get();
    if (ZoneRules.isBlind(zones)) {
      nodes.forEach(node -> tryToKeep(node, at));
      zones.keySet().forEach(zone -> queue.setRate(zone, 0));
      return;
    }
    if (ZoneRules.isBlind(before)) {
      health.replaceAll((_, each) -> each.aliveAt(at.now()));
    }
    zones.forEach(
        (zone, state) -> {
          long size = nodes.stream().filter(n -> NodeConditions.zone(n).equals(zone)).count();
          queue.setRate(zone, ZoneRules.rate(state, (int) size, settings.zones()));
        });
  }

  private void tryToKeep(Node node, Moment at) {
    try {
      Causes.with(List.of(Revision.of(node)), () -> keep(node, at));
    } catch (ApiException e) {
      LOG.debug("node {} keeps its taint: {}", node.getMetadata().getName(), e.getMessage());
    }
  }

  private void giveUp() {
    for (String zone : queue.zones()) {
      Moment at = time.get();
      for (Optional<String> next = queue.poll(zone, at);
          next.isPresent();
          next = queue.poll(zone, at)) {
        caches
            .nodes()
            .lister()
            .get(ObjectKey.clusterScoped(next.get()))
            .ifPresent(node -> giveUp(node, at));
      }
    }
  }

  private void giveUp(Node node, Moment at) {
    String ready = NodeConditions.ready(node);
    if (ready.equals(NodeConditions.TRUE)) {
      return;
    }
    try {
      Causes.with(List.of(Revision.of(node)), () -> taint(node, ready, at));
    } catch (ApiException e) {
      LOG.debug("node {} is not tainted yet: {}", node.getMetadata().getName(), e.getMessage());
      queue.add(NodeConditions.zone(node), node.getMetadata().getName());
    }
  }
}
