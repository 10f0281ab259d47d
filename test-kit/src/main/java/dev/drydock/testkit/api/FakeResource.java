package dev.drydock.testkit.api;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Listed;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.resource.Selection;
import dev.drydock.client.resource.WatchStream;
import io.fabric8.kubernetes.api.model.HasMetadata;
import tools.jackson.databind.node.ObjectNode;

/// One type, or one sub-resource of it, over the shared store.
final class FakeResource<T extends HasMetadata> implements ResourceClient<T> {
  private final FakeStore store;
  private final ResourceType type;
  private final String subresource;
  private final Class<T> model;

  FakeResource(FakeStore store, ResourceType type, String subresource, Class<T> model) {
    this.store = store;
    this.type = type;
    this.subresource = subresource;
    this.model = model;
  }

  @Override
  public T get(ObjectKey key) {
    store.mayFail("get", type);
    return FakeStore.model(store.get(type, key), model);
  }

  @Override
  public Listed<T> list(Selection selection) {
    store.mayFail("list", type);
    Listed<ObjectNode> trees = store.list(type, selection);
    return new Listed<>(
        trees.items().stream().map(tree -> FakeStore.model(tree, model)).toList(),
        trees.revision());
  }

  @Override
  public WatchStream<T> watch(Selection selection) {
    store.mayFail("watch", type);
    return new FakeWatch<>(store.watch(type, selection), store, model);
  }

  @Override
  public T create(T object) {
    store.mayFail("create", type);
    ObjectNode body = FakeStore.tree(object);
    return wrote(
        switch (subresource) {
          case "" -> store.create(type, body);
          case "binding" -> store.bind(type, body);
          case "eviction" -> store.evict(type, body);
          default -> throw new IllegalArgumentException("cannot create " + subresource);
        },
        body);
  }

  @Override
  public T update(T object) {
    store.mayFail("update", type);
    ObjectNode body = FakeStore.tree(object);
    return wrote(store.update(type, subresource, body), body);
  }

  @Override
  public T patch(ObjectKey key, Patch patch) {
    store.mayFail("patch", type);
    ObjectNode result = store.patch(type, subresource, key, patch);
    return wrote(result, result);
  }

  @Override
  public void delete(ObjectKey key, Deletion deletion) {
    store.mayFail("delete", type);
    Causes.wrote(type, store.delete(type, key, deletion));
  }

  private T wrote(ObjectNode stored, ObjectNode body) {
    Causes.wrote(type, Revision.of(FakeTrees.revision(stored)));
    boolean ownBody = subresource.equals("binding") || subresource.equals("eviction");
    return FakeStore.model(ownBody ? body : stored, model);
  }
}
