package dev.drydock.client.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.watch.WatchEvent;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.resource.Selection;
import dev.drydock.client.resource.WatchStream;
import dev.drydock.client.time.Timers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The informer: reads one watch after the other into a store and tells the difference.
///
/// ```
/// watch -> Added... -> INITIAL_STATE_COMPLETE (what was not named is gone) -> events -> Failed
///   ^                                                                                    |
///   +---------------------------- wait, longer each time, with jitter -------------------+
/// ```
final class Reflector<T extends HasMetadata> implements Informer<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);

  private final Kind<T> kind;
  private final Selection selection;
  private final ResourceClient<T> client;
  private final Timers timers;
  private final RetryDelay retry;
  private final IndexedStore<T> store = new IndexedStore<>();

  /// Held while a change is told; so listeners hear in order, and late ones miss nothing.
  private final Object delivery = new Object();

  @GuardedBy("delivery")
  private final List<Consumer<Change<T>>> listeners = new ArrayList<>();

  private final Object progress = new Object();

  @GuardedBy("progress")
  private Revision revision = Revision.NONE;

  @GuardedBy("progress")
  private boolean synced;

  @GuardedBy("progress")
  private boolean closed;

  private final Thread thread;
  private volatile @Nullable WatchStream<T> stream;

  /// Keys that the present watch has not named yet; null once its initial state is complete.
  private @Nullable Set<ObjectKey> unseen;

  private String complaint = "";

  Reflector(
      Kind<T> kind,
      Selection selection,
      ResourceClient<T> client,
      Timers timers,
      RandomGenerator random) {
    this.kind = kind;
    this.selection = selection;
    this.client = client;
    this.timers = timers;
    this.retry = new RetryDelay(random);
    this.thread = Thread.ofVirtual().name("informer-" + kind).unstarted(this::run);
  }

  void addIndex(Index<T> index) {
    store.addIndex(index);
  }

  @Override
  public ResourceType type() {
    return kind.type();
  }

  @Override
  public Selection selection() {
    return selection;
  }

  @Override
  public Lister<T> lister() {
    return store;
  }

  @Override
  public void addListener(Consumer<Change<T>> listener) {
    synchronized (delivery) {
      for (T object : store.list()) {
        listener.accept(new Change.Added<>(object));
      }
      listeners.add(listener);
    }
  }

  @Override
  public boolean hasSynced() {
    synchronized (progress) {
      return synced;
    }
  }

  @Override
  public Revision revision() {
    synchronized (progress) {
      return revision;
    }
  }

  @Override
  public void awaitRevision(Revision wanted) throws InterruptedException {
    synchronized (progress) {
      while (!synced || !revision.atLeast(wanted)) {
        if (closed) {
          throw new InterruptedException("the informer of " + kind + " is closed");
        }
        progress.wait();
      }
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    synchronized (progress) {
      closed = true;
      progress.notifyAll();
    }
    thread.interrupt();
    WatchStream<T> open = stream;
    if (open != null) {
      open.close();
    }
    if (thread.getState() != Thread.State.NEW) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isClosed() {
    synchronized (progress) {
      return closed;
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        ApiException failure = watchOnce();
        if (!isClosed()) {
          complain(failure);
          await(
              switch (failure.reason()) {
                case SERVICE_UNAVAILABLE, FORBIDDEN -> retry.nextKnock();
                default -> retry.next();
              });
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("informer of {} ends", kind);
    }
  }

  /// Says why, but the same thing only once until things are well again.
  private void complain(ApiException failure) {
    String text = String.valueOf(failure.getMessage());
    if (text.equals(complaint)) {
      LOG.debug("cannot watch {}: {}", kind, text);
    } else {
      LOG.info("cannot watch {}: {}", kind, text);
      complaint = text;
    }
  }

  private void await(Duration delay) throws InterruptedException {
    var over = new CountDownLatch(1);
    Timers.Cancellable timer = timers.after(delay, over::countDown);
    try {
      over.await();
    } finally {
      timer.cancel();
    }
  }

  /// Reads one watch to its end.
  ///
  /// @return why it ended
  private ApiException watchOnce() throws InterruptedException {
    try (WatchStream<T> opened = client.watch(selection)) {
      stream = opened;
      unseen = store.keys();
      while (true) {
        WatchEvent<T> event = opened.next();
        if (event instanceof WatchEvent.Failed<T>(ApiException cause)) {
          return cause;
        }
        apply(event);
      }
    } catch (ApiException failure) {
      return failure;
    } finally {
      stream = null;
    }
  }

  private void apply(WatchEvent<T> event) {
    switch (event) {
      case WatchEvent.Added<T>(T object) -> put(object);
      case WatchEvent.Modified<T>(T object) -> put(object);
      case WatchEvent.Deleted<T>(T last) -> {
        ObjectKey key = ObjectKey.of(last);
        if (unseen != null) {
          unseen.remove(key);
        }
        synchronized (delivery) {
          if (store.remove(key).isPresent()) {
            tell(new Change.Removed<>(last));
          }
        }
        reached(Revision.of(last));
      }
      case WatchEvent.Bookmark<T>(Revision at, WatchEvent.Progress what) -> {
        if (what == WatchEvent.Progress.INITIAL_STATE_COMPLETE) {
          complete(at);
        } else {
          reached(at);
        }
      }
      case WatchEvent.Failed<T> _ -> throw new IllegalStateException("handled by the reader");
    }
  }

  private void put(T object) {
    ObjectKey key = ObjectKey.of(object);
    if (unseen != null) {
      unseen.remove(key);
    }
    synchronized (delivery) {
      Optional<T> known = store.get(key);
      if (known.isEmpty() || !sameState(known.get(), object)) {
        store.put(key, object);
        tell(
            known
                .<Change<T>>map(before -> new Change.Updated<>(before, object))
                .orElseGet(() -> new Change.Added<>(object)));
      }
    }
    reached(Revision.of(object));
  }

  private static boolean sameState(HasMetadata one, HasMetadata other) {
    return Revision.of(one).equals(Revision.of(other)) && !Revision.of(one).isNone();
  }

  /// The initial state is complete: what it did not name was deleted while nobody watched.
  private void complete(Revision at) {
    Set<ObjectKey> gone = unseen == null ? Set.of() : unseen;
    unseen = null;
    for (ObjectKey key : gone) {
      synchronized (delivery) {
        store.remove(key).ifPresent(last -> tell(new Change.Removed<>(last)));
      }
    }
    retry.reset();
    if (!complaint.isEmpty()) {
      LOG.info("watching {} again", kind);
      complaint = "";
    }
    synchronized (progress) {
      synced = true;
      revision = at;
      progress.notifyAll();
    }
  }

  /// While the initial state comes in, its revisions are in no order and mean nothing.
  private void reached(Revision at) {
    if (unseen != null) {
      return;
    }
    synchronized (progress) {
      if (at.compareTo(revision) > 0) {
        revision = at;
        progress.notifyAll();
      }
    }
  }

  @GuardedBy("delivery")
  private void tell(Change<T> change) {
    for (Consumer<Change<T>> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException broken) {
        LOG.error("a listener of {} failed on {}", kind, change.newest().getMetadata(), broken);
      }
    }
  }
}
