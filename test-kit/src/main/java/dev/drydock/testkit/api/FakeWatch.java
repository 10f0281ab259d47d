package dev.drydock.testkit.api;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.watch.WatchEvent;
import dev.drydock.client.resource.WatchStream;
import io.fabric8.kubernetes.api.model.HasMetadata;
import tools.jackson.databind.node.ObjectNode;

/// The reader's end of a watch.
final class FakeWatch<T extends HasMetadata> implements WatchStream<T> {
  private final FakeWatcher watcher;
  private final FakeStore store;
  private final Class<T> model;

  FakeWatch(FakeWatcher watcher, FakeStore store, Class<T> model) {
    this.watcher = watcher;
    this.store = store;
    this.model = model;
  }

  @Override
  public WatchEvent<T> next() throws InterruptedException {
    return switch (watcher.take()) {
      case WatchEvent.Added<ObjectNode>(ObjectNode tree) -> new WatchEvent.Added<>(typed(tree));
      case WatchEvent.Modified<ObjectNode>(ObjectNode tree) ->
          new WatchEvent.Modified<>(typed(tree));
      case WatchEvent.Deleted<ObjectNode>(ObjectNode tree) -> new WatchEvent.Deleted<>(typed(tree));
      case WatchEvent.Bookmark<ObjectNode>(var revision, var progress) ->
          new WatchEvent.Bookmark<>(revision, progress);
      case WatchEvent.Failed<ObjectNode>(ApiException cause) -> new WatchEvent.Failed<>(cause);
    };
  }

  private T typed(ObjectNode tree) {
    T object = FakeStore.model(tree, model);
    store.delivered(object);
    return object;
  }

  @Override
  public void close() {
    store.closeWatch(watcher);
  }
}
