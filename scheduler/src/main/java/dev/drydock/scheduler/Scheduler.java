package dev.drydock.scheduler;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.time.Timers;
import dev.drydock.scheduler.cluster.ClusterState;
import dev.drydock.scheduler.cluster.Workloads;
import dev.drydock.scheduler.decision.Decider;
import dev.drydock.scheduler.decision.Decision;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.plugins.DefaultPlugins;
import dev.drydock.scheduler.preemption.Preemption;
import dev.drydock.scheduler.queue.QueuedPod;
import dev.drydock.scheduler.queue.SchedulingQueue;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes pods one by one, decides where each goes, and lets the binding be written while it
/// decides about the next. All it knows it has from the API: it may be stopped, and another may
/// start, at any moment.
public final class Scheduler implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final SchedulerSettings settings;
  private final World world;
  private final SharedInformers informers;
  private final Lister<Pod> pods;
  private final ResourceClient<Binding> bindings;
  private final Workloads workloads;
  private final ClusterState cluster = new ClusterState();
  private final SchedulingQueue queue;
  private final Decider decider;
  private final PodConditions conditions;
  private final Preemptor preemptor;
  private final SchedulerMetrics metrics;
  private final Writes writes;
  private final Thread loop;
  private int start;

  /// What the scheduler needs of the world.
  ///
  /// @param random chooses among nodes that are equally good
  public record World(
      Api api,
      InstantSource clock,
      Timers timers,
      RandomGenerator random,
      EventRecorder events,
      InteractionLog log,
      Metrics metrics) {}

  /// @param informers started and closed by the caller
  public Scheduler(SchedulerSettings settings, World world, SharedInformers informers) {
    this.settings = settings;
    this.world = world;
    this.informers = informers;
    this.pods = informers.informer(Kinds.POD).lister();
    this.bindings = Kinds.bindings(world.api());
    this.workloads =
        new Workloads(
            informers.informer(Kinds.SERVICE).lister(),
            informers.informer(Kinds.REPLICA_SET).lister(),
            informers.informer(Kinds.STATEFUL_SET).lister(),
            informers.informer(Kinds.REPLICATION_CONTROLLER).lister());
    this.queue = new SchedulingQueue(world.clock(), world.timers(), DefaultPlugins.filters());
    this.decider = new Decider(DefaultPlugins.filters(), DefaultPlugins.scores(), world.random());
    this.conditions = new PodConditions(world.api(), world.clock());
    this.preemptor =
        new Preemptor(world.api(), conditions, world.events(), settings.schedulerName());
    this.metrics = new SchedulerMetrics(world.metrics(), settings.schedulerName());
    this.writes = new Writes(settings.parallelWrites());
    this.loop = Thread.ofVirtual().name("scheduling").unstarted(this::run);
    informers.informer(Kinds.NODE);
    metrics.watch(queue);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void close() {
    queue.close();
    loop.interrupt();
    try {
      if (loop.getState() != Thread.State.NEW) {
        loop.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    writes.close();
  }

  private void run() {
    try {
      informers.awaitSync();
      var watcher = new ClusterWatcher(settings.schedulerName(), cluster, queue, this::gated);
      informers.informer(Kinds.NODE).addListener(watcher::nodeChanged);
      informers.informer(Kinds.POD).addListener(watcher::podChanged);
      while (true) {
        QueuedPod next = queue.take();
        Causes.with(next.causes(), () -> attempt(next));
      }
    } catch (InterruptedException _) {
      LOG.debug("scheduling ends");
    }
  }

  private void attempt(QueuedPod next) {
    Instant began = world.clock().instant();
    try {
      schedule(next, began);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.error("scheduling {} failed", next.pod().key(), failure);
      metrics.attempted(SchedulerMetrics.Outcome.ERROR, since(began));
      queue.failed(next);
    }
  }

  private void schedule(QueuedPod next, Instant began) throws InterruptedException {
    Uid uid = next.pod().uid();
    if (!stillWaits(next.pod()) || cluster.isAssumed(uid)) {
      queue.remove(uid);
      return;
    }
    PodView pod = next.pod().withWorkload(workloads.selectorFor(next.pod().pod()));
    Decision decision = decider.decide(pod, cluster.viewFor(pod), start);
    start = Math.floorMod(start + decision.visited(), 1 << 20);
    switch (decision) {
      case Decision.Placed placed -> {
        cluster.assume(pod, placed.node());
        queue.placed(uid);
        writes.start("bind-" + pod.key(), () -> bind(next, placed, began));
      }
      case Decision.Nowhere nowhere -> {
        queue.unschedulable(next, nowhere.plugins());
        metrics.attempted(SchedulerMetrics.Outcome.UNSCHEDULABLE, since(began));
        String message = nowhere.message() + makeRoom(pod, nowhere);
        String nominated = cluster.nominatedNode(uid);
        writes.start(
            "report-" + pod.key(),
            () -> warn(next, PodConditions.Reason.UNSCHEDULABLE, message, nominated));
        log("schedule", next, Revision.of(next.pod().pod()), began, message);
      }
    }
  }

  /// Evicts less important pods if that lets the pod in.
  ///
  /// @return what to add to the message; empty when room is being made
  private String makeRoom(PodView pod, Decision.Nowhere nowhere) throws InterruptedException {
    if (nowhere.nodes() == 0) {
      return "";
    }
    ClusterView view = cluster.viewFor(pod);
    Optional<String> notEligible = Preemption.notEligible(pod, view);
    if (notEligible.isPresent()) {
      return " preemption: " + notEligible.get();
    }
    Optional<Preemption.Choice> choice = Preemption.choose(pod, view, nowhere, decider);
    if (choice.isEmpty()) {
      return " preemption: " + nowhere.preemptionMessage();
    }
    cluster.nominate(pod, choice.get().node());
    writes.start("preempt-for-" + pod.key(), () -> preemptor.evict(pod, choice.get()));
    return "";
  }

  /// Whether the API still shows this pod without a node.
  private boolean stillWaits(PodView pod) {
    Optional<Pod> now = pods.get(pod.key());
    return now.isPresent()
        && Uid.of(now.get()).equals(pod.uid())
        && now.get().getMetadata().getDeletionTimestamp() == null
        && PodView.nodeName(now.get()).isEmpty();
  }

  private void bind(QueuedPod next, Decision.Placed placed, Instant began) {
    PodView pod = next.pod();
    try {
      bindings.create(binding(pod, placed.node()));
    } catch (ApiException failure) {
      notBound(next, placed.node(), failure, began);
      return;
    }
    world
        .events()
        .record(
            pod.pod(),
            EventRecorder.Type.NORMAL,
            "Scheduled",
            "Successfully assigned " + pod.key() + " to " + placed.node());
    metrics.attempted(SchedulerMetrics.Outcome.SCHEDULED, since(began));
    metrics.placed(since(next.arrived()), next.attempts() + 1);
    log("bind", next, Revision.of(pod.pod()), began, note(placed));
  }

  private static String note(Decision.Placed placed) {
    return placed.scores().stream()
        .filter(score -> score.node().equals(placed.node()))
        .findFirst()
        .map(score -> placed.node() + ", score " + score.total() + " " + score.byPlugin())
        .orElse(placed.node());
  }

  private static Binding binding(PodView pod, String node) {
    return new BindingBuilder()
        .withNewMetadata()
        .withNamespace(pod.key().namespace())
        .withName(pod.key().name())
        .withUid(pod.uid().value())
        .endMetadata()
        .withNewTarget()
        .withApiVersion("v1")
        .withKind("Node")
        .withName(node)
        .endTarget()
        .build();
  }

  private void notBound(QueuedPod next, String node, ApiException failure, Instant began) {
    PodView pod = next.pod();
    LOG.info("{} not bound to {}: {}", pod.key(), node, failure.getMessage());
    cluster.forget(pod.uid()).ifPresent(change -> queue.changed(change, Revision.of(pod.pod())));
    metrics.attempted(SchedulerMetrics.Outcome.ERROR, since(began));
    log("bind", next, Revision.of(pod.pod()), began, node + " failed: " + failure.getMessage());
    if (failure.isNotFound() || !stillWaits(pod)) {
      return;
    }
    queue.failed(next);
    warn(next, PodConditions.Reason.SCHEDULER_ERROR, failure.status().message(), "");
  }

  private void warn(
      QueuedPod next, PodConditions.Reason reason, String message, String nominatedNode) {
    Pod pod = next.pod().pod();
    world.events().record(pod, EventRecorder.Type.WARNING, "FailedScheduling", message);
    boolean nominates = !nominatedNode.equals(Preemption.nominatedNode(pod));
    if (nominates || conditions.isNews(pod, reason, message)) {
      conditions.write(pod, reason, message, nominatedNode);
    }
  }

  /// Says of a pod with scheduling gates that it waits for them.
  private void gated(Pod pod, String message) {
    if (conditions.isNews(pod, PodConditions.Reason.SCHEDULING_GATED, message)) {
      Causes.Scope scope = Causes.current();
      Thread.ofVirtual()
          .name("gated-" + ObjectKey.of(pod))
          .start(
              () ->
                  scope.run(
                      () ->
                          conditions.write(
                              pod, PodConditions.Reason.SCHEDULING_GATED, message, "")));
    }
  }

  private Duration since(Instant time) {
    return Duration.between(time, world.clock().instant());
  }

  private void log(String what, QueuedPod pod, Revision revision, Instant began, String note) {
    ObjectKey key = pod.pod().key();
    world
        .log()
        .step(
            new InteractionLog.Step(what, "pod", key, revision, pod.causes(), since(began), note));
  }
}
