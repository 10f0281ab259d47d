package dev.drydock.kubelet.node;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.node.NodeRules.Readiness;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one node's object and lease: registers, renews, reports.
public final class NodeAgent implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final NodeSettings settings;
  private final NodeRules rules;
  private final Clients clients;
  private final EventRecorder events;
  private final InstantSource clock;
  private final Timers timers;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile String podCidr = "";
  private volatile Map<String, String> labels = Map.of();
  private volatile Map<String, Quantity> extended = Map.of();
  private @Nullable NodeStatus written;
  private Instant writtenAt = Instant.EPOCH;
  private @Nullable Lease lease;

  /// What the rest of the kubelet gives and gets.
  ///
  /// @param images on the node
  /// @param onAddresses told once, when the node has its pod CIDR
  public record Listener(
      Supplier<Collection<ContainerImage>> images, Consumer<String> onAddresses) {}

  private record Clients(
      ResourceClient<Node> nodes, ResourceClient<Node> status, ResourceClient<Lease> leases) {}

  /// @param bootId of this process
  public NodeAgent(
      NodeSettings settings,
      String bootId,
      Api api,
      EventRecorder events,
      InstantSource clock,
      Timers timers,
      Listener listener) {
    this.settings = settings;
    this.rules = new NodeRules(settings, bootId);
    this.clients =
        new Clients(api.resource(Kinds.NODE), api.status(Kinds.NODE), api.resource(Kinds.LEASE));
    this.events = events;
    this.clock = clock;
    this.timers = timers;
    this.listener = listener;
  }

  @Override
  public void start() {
    event("Starting", "Starting kubelet.");
    timers.after(Duration.ZERO, this::register);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /// The node object has changed. Returns at once.
  public void observed(Node node) {
    labels = labels(node);
    extended = rules.extended(node);
    String cidr = node.getSpec() == null ? null : node.getSpec().getPodCIDR();
    if (cidr != null && !cidr.isEmpty() && podCidr.isEmpty()) {
      podCidr = cidr;
      listener.onAddresses().accept(cidr);
      timers.after(Duration.ZERO, () -> Causes.with(List.of(Revision.of(node)), this::reportNow));
    }
  }

  /// The node's labels as they were seen last.
  public Map<String, String> labels() {
    return labels;
  }

  /// The node's labels as they are; those seen last when nobody answers.
  public Map<String, String> newestLabels() {
    try {
      labels = labels(clients.nodes().get(ObjectKey.clusterScoped(settings.name())));
    } catch (ApiException e) {
      LOG.debug("labels of node {} not read: {}", settings.name(), e.getMessage());
    }
    return labels;
  }

  private static Map<String, String> labels(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    return labels == null ? Map.of() : Map.copyOf(labels);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void again(Duration delay, Runnable task) {
    if (!isClosed()) {
      timers.after(
          delay,
          () -> {
            if (!isClosed()) {
              task.run();
            }
          });
    }
  }

  private void register() {
    try {
      Node node = createOrGet();
      observed(node);
      event("NodeHasSufficientMemory", says("NodeHasSufficientMemory"));
      event("NodeHasNoDiskPressure", says("NodeHasNoDiskPressure"));
      event("NodeHasSufficientPID", says("NodeHasSufficientPID"));
      event("NodeAllocatableEnforced", "Updated Node Allocatable limit across pods");
      LOG.info("node {} is registered", settings.name());
      again(Duration.ZERO, this::report);
      again(Duration.ZERO, () -> renew(node));
    } catch (ApiException e) {
      LOG.debug("node {} not registered yet: {}", settings.name(), e.getMessage());
      again(RETRY, this::register);
    }
  }

  private Node createOrGet() {
    try {
      return clients.nodes().create(rules.registration(clock.instant()));
    } catch (ApiException e) {
      if (!e.isAlreadyExists()) {
        throw e;
      }
    }
    Node present = clients.nodes().get(ObjectKey.clusterScoped(settings.name()));
    Map<String, String> wanted = new HashMap<>(labels(present));
    wanted.putAll(rules.labels());
    if (wanted.equals(present.getMetadata().getLabels())) {
      return present;
    }
    String patch = json(Map.of("metadata", Map.of("labels", rules.labels())));
    return clients.nodes().patch(ObjectKey.clusterScoped(settings.name()), new Patch.Merge(patch));
  }

  private void report() {
    reportNow();
    again(settings.rhythm().check(), this::report);
  }

  private synchronized void reportNow() {
    Instant now = clock.instant();
    NodeStatus before = written == null ? new NodeStatus() : written;
    Readiness readiness = podCidr.isEmpty() ? Readiness.NO_NETWORK : Readiness.READY;
    NodeStatus wanted = rules.status(readiness, listener.images().get(), extended, before, now);
    boolean due = !now.isBefore(writtenAt.plus(timers.scaled(settings.rhythm().report())));
    if (!due && !NodeRules.differ(before, wanted)) {
      return;
    }
    try {
      write(Map.of("status", wanted));
      removeGone(before, wanted);
      boolean turned = readiness == Readiness.READY && !wasReady(before);
      written = wanted;
      writtenAt = now;
      if (turned) {
        event("NodeReady", says("NodeReady"));
      }
    } catch (ApiException e) {
      LOG.debug("status of node {} not written: {}", settings.name(), e.getMessage());
      if (e.isNotFound()) {
        written = null;
        again(RETRY, this::registerAgain);
      }
    }
  }

  /// A patch leaves what it does not name.
  private void removeGone(NodeStatus before, NodeStatus wanted) {
    Map<String, @Nullable Object> gone = new HashMap<>();
    before.getAllocatable().keySet().stream()
        .filter(name -> !wanted.getAllocatable().containsKey(name))
        .forEach(name -> gone.put(name, null));
    if (!gone.isEmpty()) {
      write(Map.of("status", Map.of("allocatable", gone)));
    }
  }

  private void write(Object patch) {
    clients
        .status()
        .patch(ObjectKey.clusterScoped(settings.name()), new Patch.StrategicMerge(json(patch)));
  }

  private void registerAgain() {
    try {
      observed(createOrGet());
    } catch (ApiException e) {
      LOG.debug("node {} not registered again: {}", settings.name(), e.getMessage());
    }
  }

  private static boolean wasReady(NodeStatus status) {
    return status.getConditions().stream()
        .anyMatch(one -> one.getType().equals("Ready") && one.getStatus().equals("True"));
  }

  private void renew(Node node) {
    Duration next = settings.rhythm().lease();
    try {
      lease = renewed(node);
    } catch (ApiException e) {
      LOG.debug("lease of node {} not renewed: {}", settings.name(), e.getMessage());
      lease = null;
      next = RETRY;
    }
    again(next, () -> renew(node));
  }

  private Lease renewed(Node node) {
    Instant now = clock.instant();
    Lease known = lease;
    if (known == null) {
      try {
        known = clients.leases().get(ObjectKey.of("kube-node-lease", settings.name()));
      } catch (ApiException e) {
        if (e.isNotFound()) {
          return clients.leases().create(rules.lease(node, now));
        }
        throw e;
      }
    }
    return clients
        .leases()
        .update(
            new LeaseBuilder(known)
                .editOrNewSpec()
                .withHolderIdentity(settings.name())
                .withLeaseDurationSeconds((int) settings.rhythm().leaseDuration().toSeconds())
                .withRenewTime(now.atZone(ZoneOffset.UTC))
                .endSpec()
                .build());
  }

  private static String json(Object value) {
    return new String(TypedCodec.write(value), StandardCharsets.UTF_8);
  }

  private String says(String condition) {
    return "Node " + settings.name() + " status is now: " + condition;
  }

  /// Events of a node name it by its name, also where a uid should stand.
  private void event(String reason, String message) {
    Node about =
        new NodeBuilder()
            .withNewMetadata()
            .withName(settings.name())
            .withUid(settings.name())
            .endMetadata()
            .build();
    events.record(about, EventRecorder.Type.NORMAL, reason, message);
  }
}
