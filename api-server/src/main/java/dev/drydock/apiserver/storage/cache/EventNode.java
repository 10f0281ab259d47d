package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.ObjectReader.CacheEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A link of a resource type's log: the events of one batch. Readers walk from link to link
/// without a lock; only the cache's applying thread appends.
final class EventNode<D> {
  private final List<CacheEvent<D>> events;
  private final List<String> keys;
  private final long revision;
  private final long sequence;
  private final long bytes;
  private volatile @Nullable EventNode<D> next;

  private EventNode(
      List<CacheEvent<D>> events, List<String> keys, long revision, long sequence, long bytes) {
    this.events = events;
    this.keys = keys;
    this.revision = revision;
    this.sequence = sequence;
    this.bytes = bytes;
  }

  /// The beginning of a log: everything after this revision will follow.
  static <D> EventNode<D> beginning(long revision) {
    return new EventNode<>(List.of(), List.of(), revision, 0, 0);
  }

  /// Appends a batch.
  ///
  /// @param keys of the events, in parallel
  EventNode<D> append(List<CacheEvent<D>> events, List<String> keys, long bytes) {
    EventNode<D> link =
        new EventNode<>(events, keys, events.getLast().revision().value(), sequence + 1, bytes);
    next = link;
    return link;
  }

  @Nullable EventNode<D> next() {
    return next;
  }

  /// Of the last event.
  long revision() {
    return revision;
  }

  long sequence() {
    return sequence;
  }

  long bytes() {
    return bytes;
  }

  int size() {
    return events.size();
  }

  /// The events of keys below the prefix, after the revision.
  ///
  /// @param prefix empty: all
  List<CacheEvent<D>> select(String prefix, long after) {
    boolean all = events.isEmpty() || events.getFirst().revision().value() > after;
    if (prefix.isEmpty() && all) {
      return events;
    }
    List<CacheEvent<D>> selected = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      CacheEvent<D> event = events.get(i);
      if (event.revision().value() > after && keys.get(i).startsWith(prefix)) {
        selected.add(event);
      }
    }
    return selected;
  }
}
