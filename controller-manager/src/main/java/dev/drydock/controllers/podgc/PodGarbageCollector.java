package dev.drydock.controllers.podgc;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.time.Timers;
import dev.drydock.controllers.batch.Batch;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.podgc.PodGcAction.Disruption;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every now and then removes the pods of a [PodGcPlan]. A node must have been absent for a while,
/// and be unknown to the server too, before its pods are given up.
public final class PodGarbageCollector implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(PodGarbageCollector.class);
  private static final String NAME = "pod-garbage-collector-controller";
  private static final Duration PERIOD = Duration.ofSeconds(20);
  private static final Duration QUARANTINE = Duration.ofSeconds(40);

  private final ControllerContext context;
  private final Informer<Pod> pods;
  private final Informer<Node> nodes;
  private final int terminatedLimit;
  private final Thread thread = Thread.ofVirtual().name("pod-gc").unstarted(this::run);

  /// Nodes that pods name but nobody has, since when. Only the thread's.
  private final Map<String, Instant> absent = new HashMap<>();

  /// @param terminatedLimit `--terminated-pod-gc-threshold`
  public PodGarbageCollector(ControllerContext context, int terminatedLimit) {
    this.context = context;
    this.pods = context.informers().informer(Kinds.POD);
    this.nodes = context.informers().informer(Kinds.NODE);
    this.terminatedLimit = terminatedLimit;
  }

  @Override
  public void start() {
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

  private void run() {
    try {
      pods.awaitRevision(Revision.NONE);
      nodes.awaitRevision(Revision.NONE);
      while (true) {
        collect();
        var due = new CountDownLatch(1);
        Timers.Cancellable timer = context.environment().timers().after(PERIOD, due::countDown);
        try {
          due.await();
        } finally {
          timer.cancel();
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("pod garbage collector ends");
    }
  }

  private void collect() throws InterruptedException {
    List<PodGcAction> actions =
        PodGcPlan.of(
            new PodGcPlan.Observed(
                pods.lister().list(), nodes.lister().list(), goneNodes(), terminatedLimit));
    Batch.all(actions, this::remove)
        .ifPresent(e -> LOG.info("a pod was not collected, again later: {}", e.getMessage()));
  }

  private Set<String> goneNodes() {
    Moment at = context.moment();
    var named = new HashSet<String>();
    for (Pod pod : pods.lister().list()) {
      String node = PodFacts.nodeName(pod);
      if (!node.isEmpty() && nodes.lister().get(ObjectKey.clusterScoped(node)).isEmpty()) {
        named.add(node);
      }
    }
    absent.keySet().retainAll(named);
    var gone = new HashSet<String>();
    for (String node : named) {
      Instant since = absent.computeIfAbsent(node, _ -> at.now());
      if (!at.left(since, QUARANTINE).isPositive() && isGone(node)) {
        gone.add(node);
      }
    }
    return gone;
  }

  private boolean isGone(String node) {
    try {
      context.api().resource(Kinds.NODE).get(ObjectKey.clusterScoped(node));
      return false;
    } catch (ApiException e) {
      return e.isNotFound();
    }
  }

  private void remove(PodGcAction action) {
    Causes.with(List.of(Revision.of(action.pod())), () -> removeBecause(action));
  }

  private void removeBecause(PodGcAction action) {
    Pod pod = action.pod();
    ObjectKey key = ObjectKey.of(pod);
    try {
      if (!PodFacts.isTerminal(pod)) {
        context.api().status(Kinds.POD).update(failed(pod, action.condition()));
      }
      context.api().resource(Kinds.POD).delete(key, Deletion.IMMEDIATE.onlyIf(Uid.of(pod)));
      context
          .environment()
          .log()
          .step(
              new InteractionLog.Step(
                  NAME,
                  "pod",
                  key,
                  Revision.NONE,
                  List.of(Revision.of(pod)),
                  Duration.ZERO,
                  action.condition() == null ? "collected" : action.condition().message()));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /// Nobody else will say that the pod has ended.
  private Pod failed(Pod pod, @Nullable Disruption disruption) {
    PodFluent<PodBuilder>.StatusNested<PodBuilder> status =
        new PodBuilder(pod).editOrNewStatus().withPhase("Failed");
    if (disruption != null) {
      status
          .removeMatchingFromConditions(known -> "DisruptionTarget".equals(known.getType()))
          .addToConditions(
              new PodConditionBuilder()
                  .withType("DisruptionTarget")
                  .withStatus("True")
                  .withReason(disruption.reason())
                  .withMessage(disruption.message())
                  .withObservedGeneration(pod.getMetadata().getGeneration())
                  .withLastTransitionTime(KubernetesTime.seconds(context.moment().now()))
                  .build());
    }
    return status.endStatus().build();
  }
}
