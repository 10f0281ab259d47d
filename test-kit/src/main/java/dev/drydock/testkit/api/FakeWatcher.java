package dev.drydock.testkit.api;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.watch.WatchEvent;
import dev.drydock.client.resource.Selection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The store's end of a watch. Except for [#take()] and [#awaitTaken] it is used under the store's
/// lock.
final class FakeWatcher {
  private final ResourceType type;
  private final Selection selection;
  private final LabelSelector labels;
  private final FieldSelector fields;
  private final List<WatchEvent<ObjectNode>> held = new ArrayList<>();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Deque<WatchEvent<ObjectNode>> queue = new ArrayDeque<>();

  /// Whether the reader has dealt with all it took, and waits for more.
  @GuardedBy("lock")
  private boolean hungry;

  @GuardedBy("lock")
  private @Nullable ApiException ended;

  FakeWatcher(ResourceType type, Selection selection) {
    this.type = type;
    this.selection = selection;
    this.labels = LabelSelector.parse(selection.labels());
    this.fields = FieldSelector.parse(selection.fields());
  }

  boolean watches(ResourceType other) {
    return type.qualifiedResource().equals(other.qualifiedResource());
  }

  boolean selects(@Nullable ObjectNode tree) {
    return tree != null
        && (selection.namespace().isEmpty()
            || selection.namespace().equals(tree.path("metadata").path("namespace").asString("")))
        && labels.matchesTree(tree.path("metadata").path("labels"))
        && fields.matches(field -> FakeTrees.field(tree, field));
  }

  /// What the watch says of a change; nothing when neither state belongs to it.
  void offer(
      @Nullable ObjectNode before, @Nullable ObjectNode after, ObjectNode last, boolean hold) {
    boolean was = selects(before);
    boolean is = selects(after);
    if (is && after != null) {
      send(was ? new WatchEvent.Modified<>(after) : new WatchEvent.Added<>(after), hold);
    } else if (was) {
      send(new WatchEvent.Deleted<>(last), hold);
    }
  }

  void send(WatchEvent<ObjectNode> event, boolean hold) {
    if (hold) {
      held.add(event);
    } else {
      queue(List.of(event));
    }
  }

  void release() {
    queue(held);
    held.clear();
  }

  private void queue(List<WatchEvent<ObjectNode>> events) {
    synchronized (lock) {
      queue.addAll(events);
      lock.notifyAll();
    }
  }

  void end(ApiException cause) {
    synchronized (lock) {
      ended = cause;
      queue.add(new WatchEvent.Failed<>(cause));
      lock.notifyAll();
    }
  }

  WatchEvent<ObjectNode> take() throws InterruptedException {
    synchronized (lock) {
      while (queue.isEmpty()) {
        if (ended != null) {
          return new WatchEvent.Failed<>(ended);
        }
        hungry = true;
        lock.notifyAll();
        lock.wait();
      }
      hungry = false;
      return queue.remove();
    }
  }

  /// Waits until the reader has dealt with everything and asks for more, or the watch has ended.
  ///
  /// @return whether it came to that in time
  boolean awaitTaken(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      while (ended == null && !(hungry && queue.isEmpty())) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        lock.wait(left);
      }
      return true;
    }
  }
}
