package dev.drydock.testkit.api;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.watch.WatchEvent;
import dev.drydock.client.resource.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The store's end of a watch. Except for [#take()] it is used under the store's lock.
final class FakeWatcher {
  private final ResourceType type;
  private final Selection selection;
  private final LabelSelector labels;
  private final FieldSelector fields;
  private final LinkedBlockingQueue<WatchEvent<ObjectNode>> queue = new LinkedBlockingQueue<>();
  private final List<WatchEvent<ObjectNode>> held = new ArrayList<>();
  private volatile @Nullable ApiException ended;

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
      queue.add(event);
    }
  }

  void release() {
    queue.addAll(held);
    held.clear();
  }

  void end(ApiException cause) {
    ended = cause;
    queue.add(new WatchEvent.Failed<>(cause));
  }

  WatchEvent<ObjectNode> take() throws InterruptedException {
    ApiException cause = ended;
    if (cause != null && queue.isEmpty()) {
      return new WatchEvent.Failed<>(cause);
    }
    return queue.take();
  }
}
