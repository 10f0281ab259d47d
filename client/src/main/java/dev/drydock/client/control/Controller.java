package dev.drydock.client.control;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.queue.Backoff;
import dev.drydock.client.queue.FairWorkQueue;
import dev.drydock.client.queue.WorkQueue;
import dev.drydock.client.resource.Selection;
import dev.drydock.client.time.Timers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One control loop: changes become keys, keys wait in a queue, workers reconcile them.
///
/// It waits for the first full state of everything it watches; remembers per key which revisions
/// woke it and binds them as [Causes]; tries failed keys again with back-off; and, before a key
/// runs again, waits until what it watches shows what the key's last run wrote.
public final class Controller implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

  private final String name;
  private final String kind;
  private final Environment environment;
  private final List<Source<?>> sources;
  private final Reconciler reconciler;
  private final WorkQueue<ObjectKey> queue;
  private final List<Thread> workers = new ArrayList<>();
  private final Backoff<ObjectKey> backoff = Backoff.standard();
  private final Map<ObjectKey, List<Revision>> woken = new ConcurrentHashMap<>();

  /// Causes of the last run of keys that asked to run again: used when nothing new wakes them.
  private final Map<ObjectKey, List<Revision>> lasting = new ConcurrentHashMap<>();

  private final Map<ObjectKey, Map<ResourceType, Revision>> written = new ConcurrentHashMap<>();

  /// What every controller of a process shares.
  public record Environment(InstantSource clock, Timers timers, InteractionLog log) {}

  private record Source<T extends HasMetadata>(
      Informer<T> informer, Function<Change<T>, Collection<ObjectKey>> keys) {}

  private Controller(Builder builder, Reconciler reconciler) {
    this.name = builder.name;
    this.kind = builder.kind;
    this.environment = builder.environment;
    this.sources = List.copyOf(builder.sources);
    this.reconciler = reconciler;
    this.queue = new FairWorkQueue<>(environment.clock(), environment.timers());
    for (int i = 0; i < builder.workers; i++) {
      workers.add(Thread.ofVirtual().name(name + "-" + i).unstarted(this::work));
    }
  }

  /// Begins the description of a controller.
  ///
  /// @param name as Kubernetes calls it: `deployment-controller`
  public static Builder named(String name, Environment environment) {
    return new Builder(name, environment);
  }

  /// Describes a controller.
  public static final class Builder {
    private final String name;
    private final Environment environment;
    private final List<Source<?>> sources = new ArrayList<>();
    private String kind = "";
    private int workers = 1;

    private Builder(String name, Environment environment) {
      this.name = name;
      this.environment = environment;
    }

    /// How many keys are worked on at once; 1 unless said.
    public Builder workers(int count) {
      workers = count;
      return this;
    }

    /// What the keys name, for the log: `deployment`.
    public Builder of(String kindOfKeys) {
      kind = kindOfKeys;
      return this;
    }

    /// Looks at the mapped keys whenever an object changes: those of its old and new state.
    public <T extends HasMetadata> Builder watch(Informer<T> informer, KeyMapper<? super T> keys) {
      return watchChanges(informer, change -> bothStates(change, keys));
    }

    /// Looks at the keys that the function finds in a change; the function is pure and fast.
    public <T extends HasMetadata> Builder watchChanges(
        Informer<T> informer, Function<Change<T>, Collection<ObjectKey>> keys) {
      sources.add(new Source<>(informer, keys));
      return this;
    }

    /// Completes the description.
    public Controller reconcile(Reconciler reconciler) {
      return new Controller(this, reconciler);
    }

    private static <T extends HasMetadata> Collection<ObjectKey> bothStates(
        Change<T> change, KeyMapper<? super T> mapper) {
      return switch (change) {
        case Change.Added<T>(T object) -> mapper.keys(object);
        case Change.Removed<T>(T last) -> mapper.keys(last);
        case Change.Updated<T>(T before, T after) -> {
          Set<ObjectKey> keys = new LinkedHashSet<>(mapper.keys(after));
          keys.addAll(mapper.keys(before));
          yield keys;
        }
      };
    }
  }

  @Override
  public void start() {
    sources.forEach(this::listen);
    workers.forEach(Thread::start);
  }

  private <T extends HasMetadata> void listen(Source<T> source) {
    source
        .informer()
        .addListener(
            change -> {
              List<Revision> cause = List.of(Revision.of(change.newest()));
              source.keys().apply(change).forEach(key -> wake(key, cause, Duration.ZERO));
            });
  }

  /// Looks at the key, because of the causes of the calling thread.
  public void enqueue(ObjectKey key) {
    enqueueAfter(key, Duration.ZERO);
  }

  /// Looks at the key when the time has passed, because of the causes of the calling thread.
  public void enqueueAfter(ObjectKey key, Duration delay) {
    wake(key, Causes.current().revisions(), delay);
  }

  private void wake(ObjectKey key, List<Revision> causes, Duration delay) {
    if (!causes.isEmpty()) {
      woken.merge(key, causes, Controller::joined);
    }
    queue.addAfter(key, delay);
  }

  private static List<Revision> joined(List<Revision> some, List<Revision> others) {
    List<Revision> all = new ArrayList<>(some);
    all.addAll(others);
    return Causes.newest(all);
  }

  /// Keys that wait.
  public int backlog() {
    return queue.size();
  }

  @Override
  public void close() {
    queue.close();
    workers.forEach(Thread::interrupt);
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    try {
      for (Source<?> source : sources) {
        source.informer().awaitRevision(Revision.NONE);
      }
      while (true) {
        try (WorkQueue.Taken<ObjectKey> taken = queue.take()) {
          run(taken.key());
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("worker of {} ends", name);
    }
  }

  private void run(ObjectKey key) throws InterruptedException {
    catchUp(written.remove(key));
    List<Revision> causes = causes(woken.remove(key), lasting.remove(key));
    Map<ResourceType, Revision> writes = new ConcurrentHashMap<>();
    var scope =
        new Causes.Scope(
            causes, (type, revision) -> writes.merge(type, revision, Controller::later));
    Instant began = environment.clock().instant();
    String note;
    try {
      Result result = scope.call(() -> reconciler.reconcile(key));
      note = settle(key, result, causes);
    } catch (RuntimeException failure) {
      note = failed(key, failure, causes);
    }
    if (!writes.isEmpty()) {
      written.put(key, writes);
    }
    if (!writes.isEmpty() || !note.isEmpty()) {
      Revision last = writes.values().stream().max(Revision::compareTo).orElse(Revision.NONE);
      Duration took = Duration.between(began, environment.clock().instant());
      environment.log().step(new InteractionLog.Step(name, kind, key, last, causes, took, note));
    }
  }

  private static List<Revision> causes(
      @Nullable List<Revision> fresh, @Nullable List<Revision> lasting) {
    if (fresh != null) {
      return fresh;
    }
    return lasting == null ? List.of() : lasting;
  }

  private static Revision later(Revision one, Revision other) {
    return one.atLeast(other) ? one : other;
  }

  private String settle(ObjectKey key, Result result, List<Revision> causes) {
    backoff.succeeded(key);
    return switch (result) {
      case Result.Done() -> "";
      case Result.Again(Duration after) -> {
        lasting.put(key, causes);
        queue.addAfter(key, after);
        yield "";
      }
      case Result.GiveUp(String reason) -> "gave up: " + reason;
    };
  }

  private String failed(ObjectKey key, RuntimeException failure, List<Revision> causes) {
    Duration wait = backoff.failed(key);
    wake(key, causes, wait);
    if (failure instanceof ApiException) {
      LOG.debug("{} {} failed, again in {}: {}", name, key, wait, failure.getMessage());
    } else {
      LOG.error("{} {} failed, again in {}", name, key, wait, failure);
    }
    return "failed, again in " + wait.toMillis() + " ms: " + failure.getMessage();
  }

  /// Waits until the caches show what the last run of the key wrote. A cache of a selection is
  /// not waited for: what was written may never belong to it.
  private void catchUp(@Nullable Map<ResourceType, Revision> writes) throws InterruptedException {
    if (writes == null) {
      return;
    }
    for (Source<?> source : sources) {
      Revision wanted = writes.get(source.informer().type());
      if (wanted != null && source.informer().selection().equals(Selection.ALL)) {
        source.informer().awaitRevision(wanted);
      }
    }
  }
}
