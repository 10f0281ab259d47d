package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.admission.Lookup;
import dev.drydock.apiserver.admission.StatusBook;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.strategy.Claims.Claim;
import dev.drydock.apiserver.registry.strategy.ObjectAccess;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.WriteOptions.FieldValidation;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// How admission, sub-resources and bootstrap get at objects of other kinds.
final class StoredAccess implements ObjectAccess, Lookup, StatusBook {
  private static final Freshness ANY = new Freshness.Any();
  private static final Freshness NOW = new Freshness.Consistent();

  private static final WriteOptions STORED =
      new WriteOptions(Persistence.STORED, "", FieldValidation.IGNORE);

  private static final int LOOKS = 10;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Objects objects;
  private final Timers timers;
  private final Function<ResourceType, StoredResource> resources;
  private final Supplier<Set<ResourceType>> types;
  private final Deletion deletion;
  private final Map<String, ResourceType> byName = new HashMap<>();

  /// Deletes as a client would.
  interface Deletion {
    Deleted delete(Request request, DeleteOptions options);
  }

  /// @param timers to wait for objects that are about to be made
  StoredAccess(
      Objects objects,
      Timers timers,
      Function<ResourceType, StoredResource> resources,
      Supplier<Set<ResourceType>> types,
      Deletion deletion) {
    this.objects = objects;
    this.timers = timers;
    this.resources = resources;
    this.types = types;
    this.deletion = deletion;
    for (var info : BuiltInTypes.get().all()) {
      byName.putIfAbsent(info.type().qualifiedResource(), info.type());
    }
  }

  @Override
  public Optional<StoredObject> find(
      ResourceType type, String namespace, String name, Freshness freshness) {
    return objects
        .find(resources.apply(type), namespace, name, freshness)
        .map(found -> (StoredObject) found);
  }

  @Override
  public List<StoredObject> list(ResourceType type, String namespace) {
    return list(type, namespace, NOW);
  }

  private List<StoredObject> list(ResourceType type, String namespace, Freshness freshness) {
    Resource resource = resources.apply(type).resource();
    return StorageFailures.reading(
        type, "", () -> objects.reader().list(resource.below(namespace), freshness).items());
  }

  @Override
  public Written change(
      RequestContext context, Target target, Consumer<ObjectNode> change, WriteOptions options) {
    StoredResource as = resources.apply(target.type());
    return objects.update(
        as,
        target,
        options.persistence(),
        current -> {
          if (current == null) {
            throw ApiException.notFound(target.type(), target.name());
          }
          ObjectNode object = current.copyOfTree();
          change.accept(object);
          if (Metadata.isDone(object)) {
            return new Wish.Remove(object);
          }
          if (object.equals(current.tree())) {
            return new Wish.Keep();
          }
          return new Wish.Store(object, Claim.NOTHING);
        });
  }

  @Override
  public Deleted delete(RequestContext context, Target target, DeleteOptions options) {
    var write = new WriteOptions(options.persistence(), "", FieldValidation.IGNORE);
    return deletion.delete(
        new Request(resources.apply(target.type()), context, target, write), options);
  }

  @Override
  public Optional<ObjectNode> find(String resource, String namespace, String name, Age age) {
    ResourceType type = type(resource);
    Optional<StoredObject> found = find(type, namespace, name, age == Age.ANY ? ANY : NOW);
    for (int i = 1; age == Age.SOON && found.isEmpty() && i < LOOKS; i++) {
      pause();
      found = find(type, namespace, name, NOW);
    }
    return found.map(StoredObject::tree);
  }

  private void pause() {
    var over = new CountDownLatch(1);
    timers.after(BETWEEN_LOOKS, over::countDown);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.of(StatusReason.TIMEOUT, "the request was given up");
    }
  }

  @Override
  public List<ObjectNode> list(String resource) {
    return list(type(resource), "", ANY).stream().map(StoredObject::tree).toList();
  }

  @Override
  public List<ObjectNode> list(String resource, String namespace, Age age) {
    return list(type(resource), namespace, age == Age.ANY ? ANY : NOW).stream()
        .map(StoredObject::tree)
        .toList();
  }

  @Override
  public void change(
      RequestContext context,
      String resource,
      String namespace,
      String name,
      Consumer<ObjectNode> change) {
    change(context, new Target(type(resource), namespace, name, "status"), change, STORED);
  }

  @Override
  public Set<ResourceType> types() {
    return types.get();
  }

  @Override
  public ObjectNode shown(ObjectNode object, ResourceType as) {
    if (!isOne(object, as)) {
      return object;
    }
    StoredResource wanted = resources.apply(as);
    if (wanted.conversion().isNone()) {
      return wanted.form().brought(object);
    }
    ObjectNode served = wanted.conversion().toServed().apply(object.deepCopy());
    served.put("apiVersion", as.apiVersion());
    served.put("kind", as.kind());
    return served;
  }

  @Override
  public ObjectNode taken(ObjectNode object, ResourceType shown, ResourceType asked) {
    if (!isOne(object, shown)) {
      return object;
    }
    Conversion conversion = resources.apply(shown).conversion();
    if (conversion.isNone()) {
      return resources.apply(asked).form().brought(object);
    }
    ResourceType stored = resources.apply(shown).resource().type();
    ObjectNode taken = conversion.toStored().apply(object);
    taken.put("apiVersion", stored.apiVersion());
    taken.put("kind", stored.kind());
    return taken;
  }

  @Override
  public Optional<Schema> schema(ObjectNode object, ResourceType as) {
    return isOne(object, as)
        ? Optional.of(resources.apply(as).bodies().schema())
        : Schemas.builtIn()
            .kind(
                GroupVersionKind.of(
                    object.path("apiVersion").stringValue(""),
                    object.path("kind").stringValue("")));
  }

  /// Bodies of actions (an Eviction, options) have one version.
  private static boolean isOne(ObjectNode object, ResourceType type) {
    return object.path("kind").stringValue(type.kind()).equals(type.kind());
  }

  private ResourceType type(String resource) {
    ResourceType type = byName.get(resource);
    if (type != null) {
      return type;
    }
    return types().stream()
        .filter(custom -> custom.qualifiedResource().equals(resource))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no resource " + resource));
  }
}
