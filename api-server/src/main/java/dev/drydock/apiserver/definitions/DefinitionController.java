package dev.drydock.apiserver.definitions;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings every definition where it is to be. One thread does it, in rounds over all definitions;
/// any change wakes it.
public final class DefinitionController implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionController.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private final ObjectFollower follower;
  private final DefinitionWriter writer;
  private final Publication publication;
  private final InstantSource clock;
  private final Timers timers;
  private final Map<String, ObjectNode> known = new ConcurrentSkipListMap<>();
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("definitions").unstarted(this::run);
  private volatile boolean ready;

  /// @param follow makes a follower of all definitions
  public DefinitionController(
      Function<ObjectFollower.Listener, ObjectFollower> follow,
      DefinitionWriter writer,
      Publication publication,
      InstantSource clock,
      Timers timers) {
    this.follower = follow.apply(new Listening());
    this.writer = writer;
    this.publication = publication;
    this.clock = clock;
    this.timers = timers;
  }

  /// Keeps what there is and wakes the thread.
  private final class Listening implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject object) {
      known.put(object.name(), object.tree());
      wake.release();
    }

    @Override
    public void gone(StoredObject last) {
      known.remove(last.name());
      wake.release();
    }
  }

  /// Whether all that was defined at the start is served.
  public boolean isReady() {
    return ready;
  }

  @Override
  public void start() {
    follower.start();
    thread.start();
    var _ = follower.ready().thenRun(wake::release);
  }

  @Override
  public void close() {
    follower.close();
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        wake.acquire();
        wake.drainPermits();
        boolean complete = follower.ready().isDone();
        if (complete) {
          round();
          ready = true;
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("no more definitions are looked after");
    }
  }

  private void round() {
    // What is served at the start is served before anything is written.
    publication.publish(known.values());
    for (Map.Entry<String, ObjectNode> entry : known.entrySet()) {
      try {
        settle(entry.getKey(), entry.getValue());
      } catch (ApiException failure) {
        if (!failure.isConflict() && !failure.isNotFound()) {
          LOG.warn("definition {}: {}", entry.getKey(), failure.getMessage());
          timers.after(AGAIN, wake::release);
        }
      }
    }
    publication.publish(known.values());
  }

  private void settle(String name, ObjectNode definition) {
    boolean ending = Trees.has(definition, "metadata", "deletionTimestamp");
    if (ending && Trees.texts(definition, "metadata", "finalizers").contains(CLEANUP)) {
      cleanUp(name, definition);
    } else if (!ending) {
      String now = KubernetesTime.seconds(clock.instant());
      ObjectNode wanted = NamesPlan.carryOut(definition, known.values(), now);
      if (!wanted.equals(definition)) {
        // Served first: whoever hears that a type is established uses it at once.
        publication.publish(with(name, wanted));
        known.replace(name, definition, writer.writeStatus(wanted));
      }
    }
  }

  /// All definitions, one of them as it is about to be.
  private Collection<ObjectNode> with(String name, ObjectNode definition) {
    var all = new TreeMap<>(known);
    all.put(name, definition);
    return all.values();
  }

  /// Deletes all objects of the type, then lets the definition go.
  private void cleanUp(String name, ObjectNode definition) {
    ObjectNode present = tell(name, definition, Cleanup.begun());
    publication.publish(known.values());
    if (Conditions.isTrue(definition, "Established")
        && writer.deleteObjects(publication.typeOf(name)) > 0) {
      timers.after(timers.scaled(AGAIN).dividedBy(4), wake::release);
      return;
    }
    ObjectNode told = tell(name, present, Cleanup.ended());
    ObjectNode released = told.deepCopy();
    List<String> kept =
        Trees.texts(told, "metadata", "finalizers").stream()
            .filter(each -> !each.equals(CLEANUP))
            .toList();
    kept.forEach(Trees.child(released, "metadata").putArray("finalizers")::add);
    writer.write(released);
  }

  private ObjectNode tell(String name, ObjectNode definition, Conditions.Condition condition) {
    ObjectNode wanted = definition.deepCopy();
    Conditions.set(wanted, condition, KubernetesTime.seconds(clock.instant()));
    if (wanted.equals(definition)) {
      return definition;
    }
    ObjectNode written = writer.writeStatus(wanted);
    known.replace(name, definition, written);
    return written;
  }
}
