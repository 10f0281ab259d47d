package dev.drydock.client.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.Revision;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Selection;
import dev.drydock.client.time.Timers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// All informers of a process: one for each kind and selection, whoever asks.
public final class SharedInformers implements Component {
  private final Api api;
  private final Timers timers;
  private final RandomGenerator random;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<Wanted, Reflector<?>> informers = new LinkedHashMap<>();

  @GuardedBy("lock")
  private State state = State.NEW;

  private enum State {
    NEW,
    RUNNING,
    CLOSED
  }

  private record Wanted(Kind<?> kind, Selection selection) {}

  /// @param random for the jitter of retries
  public SharedInformers(Api api, Timers timers, RandomGenerator random) {
    this.api = api;
    this.timers = timers;
    this.random = random;
  }

  /// The informer of all objects of a kind.
  public <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
    return informer(kind, Selection.ALL, List.of());
  }

  /// The informer of all objects of a kind, with at least these indexes.
  public <T extends HasMetadata> Informer<T> informer(Kind<T> kind, List<Index<T>> indexes) {
    return informer(kind, Selection.ALL, indexes);
  }

  /// The informer of some objects of a kind. It gets the indexes that it does not have yet; runs
  /// when this runs; must not be closed by the caller.
  public <T extends HasMetadata> Informer<T> informer(
      Kind<T> kind, Selection selection, List<Index<T>> indexes) {
    var wanted = new Wanted(kind, selection);
    Reflector<T> found;
    synchronized (lock) {
      @SuppressWarnings("unchecked") // The key has the kind, and the kind the type.
      var known = (Reflector<T>) informers.get(wanted);
      if (known != null) {
        found = known;
      } else {
        found = new Reflector<>(kind, selection, api.resource(kind), timers, random);
        informers.put(wanted, found);
        if (state == State.RUNNING) {
          found.start();
        }
      }
    }
    indexes.forEach(found::addIndex);
    return found;
  }

  /// Ends the informer of all objects of a kind, whoever has it: the type is gone. Does nothing
  /// when there is none.
  public void drop(Kind<?> kind) {
    Reflector<?> found;
    synchronized (lock) {
      found = informers.remove(new Wanted(kind, Selection.ALL));
    }
    if (found != null) {
      Thread.ofVirtual().name("informer-end").start(found::close);
    }
  }

  /// Starts the informers that there are; later ones start when they are made.
  @Override
  public void start() {
    synchronized (lock) {
      state = State.RUNNING;
      informers.values().forEach(Reflector::start);
    }
  }

  /// Whether every informer has its first full state.
  public boolean haveSynced() {
    return copy().stream().allMatch(Informer::hasSynced);
  }

  /// Waits until every informer has its first full state.
  public void awaitSync() throws InterruptedException {
    for (Informer<?> informer : copy()) {
      informer.awaitRevision(Revision.NONE);
    }
  }

  @Override
  public void close() {
    List<Reflector<?>> all = copy();
    synchronized (lock) {
      state = State.CLOSED;
    }
    all.forEach(Reflector::close);
  }

  private List<Reflector<?>> copy() {
    synchronized (lock) {
      return List.copyOf(informers.values());
    }
  }
}
