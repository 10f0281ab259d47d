package dev.drydock.apiserver.storage.cache;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.ObjectReader.CacheEvent;
import dev.drydock.apiserver.storage.ObjectReader.Snapshot;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreListener.StoreChange;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.client.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One resource type: its state now, and its log. One thread applies; all others read what it
/// published, without a lock.
final class TypeCache<D> {
  private final String root;
  private final CacheSettings settings;
  private final Lanes<D> lanes;
  private volatile State<D> state;
  private volatile EventNode<D> oldest;
  private int keptEvents;
  private long keptBytes;

  TypeCache(String root, State<D> state, CacheSettings settings, Timers timers) {
    this.root = root;
    this.settings = settings;
    this.state = state;
    this.oldest = state.tail();
    this.lanes = new Lanes<>(settings.lanes(), timers);
  }

  /// Content, and where in the log it stands: together, so that a watch can begin with one and go
  /// on with the other.
  record State<D>(SortedChunks<D> items, EventNode<D> tail) {
    static <D> State<D> loaded(SortedChunks<D> items, long revision) {
      return new State<>(items, EventNode.beginning(revision));
    }

    Snapshot<D> snapshot(String prefix, long applied) {
      return new Snapshot<>(items.below(prefix), Revision.of(Math.max(applied, tail.revision())));
    }
  }

  State<D> state() {
    return state;
  }

  Lanes<D> lanes() {
    return lanes;
  }

  /// A prefix as the log compares it: empty when it takes in the whole type.
  String logPrefix(String prefix) {
    return root.startsWith(prefix) ? "" : prefix;
  }

  /// Called by one thread only.
  ///
  /// @param decoder gives null for what it can't read
  void apply(List<StoreChange> changes, Function<Stored, @Nullable D> decoder) {
    SortedChunks<D> items = state.items();
    List<CacheEvent<D>> events = new ArrayList<>(changes.size());
    List<String> keys = new ArrayList<>(changes.size());
    long bytes = 0;
    for (StoreChange change : changes) {
      String key = change.key().path();
      Optional<D> before = items.find(key);
      Optional<D> now =
          switch (change) {
            case StoreChange.Put put -> Optional.ofNullable(decoder.apply(put.now()));
            case StoreChange.Delete _ -> Optional.empty();
          };
      if (before.isEmpty() && now.isEmpty()) {
        continue;
      }
      items = now.isPresent() ? items.with(key, now.get()) : items.without(key);
      events.add(new CacheEvent<>(before, now, change.revision()));
      keys.add(key);
      if (change instanceof StoreChange.Put put) {
        bytes += put.now().value().length();
      }
    }
    if (!events.isEmpty()) {
      publish(items, state.tail().append(List.copyOf(events), List.copyOf(keys), bytes));
    }
  }

  private void publish(SortedChunks<D> items, EventNode<D> tail) {
    state = new State<>(items, tail);
    keptEvents += tail.size();
    keptBytes += tail.bytes();
    EventNode<D> first = oldest;
    EventNode<D> next = first.next();
    while ((keptEvents > settings.historyEvents() || keptBytes > settings.historyBytes())
        && next != null
        && next != tail) {
      keptEvents -= next.size();
      keptBytes -= next.bytes();
      first = next;
      next = first.next();
    }
    oldest = first;
    lanes.wake();
  }

  /// `true` when what follows this link has been dropped from the log.
  boolean isForgotten(EventNode<D> link) {
    return link.sequence() < oldest.sequence();
  }

  /// Where a watch that has seen everything up to a revision goes on.
  ///
  /// @throws StorageException.Compacted when the log does not reach back so far
  EventNode<D> after(long revision) {
    EventNode<D> link = oldest;
    if (revision < link.revision()) {
      throw new StorageException.Compacted(Revision.of(revision), Revision.of(link.revision()));
    }
    EventNode<D> next = link.next();
    while (next != null && next.revision() <= revision) {
      link = next;
      next = link.next();
    }
    return link;
  }

  StorageException tooSlow(EventNode<D> link) {
    return new StorageException.Compacted(
        Revision.of(link.revision()), Revision.of(oldest.revision()));
  }
}
