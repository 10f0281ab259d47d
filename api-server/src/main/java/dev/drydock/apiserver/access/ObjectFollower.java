package dev.drydock.apiserver.access;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectReader.CacheEvent;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import dev.drydock.apiserver.storage.ObjectReader.WatchSink;
import dev.drydock.apiserver.storage.ObjectReader.WatchStart;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Follows the objects of one type in the cache for as long as it lives, and tells a listener of
/// each change. When a watch ends, it begins anew and tells the difference.
public final class ObjectFollower implements Component {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ObjectReader<StoredObject> reader;
  private final StorePrefix prefix;
  private final Timers timers;
  private final Listener listener;
  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
  private volatile boolean closed;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  /// Hears of changes, one at a time; must not block.
  public interface Listener {
    void present(StoredObject object);

    void gone(StoredObject last);
  }

  public ObjectFollower(
      ObjectReader<StoredObject> reader, StorePrefix prefix, Timers timers, Listener listener) {
    this.reader = reader;
    this.prefix = prefix;
    this.timers = timers;
    this.listener = listener;
  }

  /// Done when the listener has been told of everything that was there at the start.
  public CompletableFuture<Void> ready() {
    return ready.copy();
  }

  @Override
  public void start() {
    follow(new HashMap<>());
  }

  private void follow(Map<ObjectKey, StoredObject> known) {
    if (!closed) {
      Subscription opened =
          reader.watch(prefix, new WatchStart.State(new Freshness.Any()), new Sink(known));
      subscription.set(opened);
      if (closed) {
        opened.close();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Subscription open = subscription.getAndSet(null);
    if (open != null) {
      open.close();
    }
  }

  /// One watch.
  private final class Sink implements WatchSink<StoredObject> {
    /// What the listener knows of.
    private final Map<ObjectKey, StoredObject> known;

    /// What it knew before this watch and has not been seen in it; empty once the state is told.
    private final Map<ObjectKey, StoredObject> unseen;

    Sink(Map<ObjectKey, StoredObject> known) {
      this.known = known;
      this.unseen = new HashMap<>(known);
    }

    @Override
    public boolean events(List<CacheEvent<StoredObject>> events) {
      for (CacheEvent<StoredObject> event : events) {
        event.now().ifPresentOrElse(this::present, () -> event.before().ifPresent(this::gone));
      }
      return true;
    }

    private void present(StoredObject object) {
      ObjectKey key = ObjectKey.of(object.namespace(), object.name());
      unseen.remove(key);
      known.put(key, object);
      listener.present(object);
    }

    private void gone(StoredObject last) {
      known.remove(ObjectKey.of(last.namespace(), last.name()));
      listener.gone(last);
    }

    @Override
    public void initialStateComplete(Revision revision) {
      List.copyOf(unseen.values()).forEach(this::gone);
      unseen.clear();
      ready.complete(null);
    }

    @Override
    public void progress(Revision revision) {}

    @Override
    public void ended(StorageException cause) {
      timers.after(PAUSE, () -> follow(known));
    }
  }
}
