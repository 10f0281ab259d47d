package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WatchObserver;
import dev.drydock.apiserver.request.WatchObserver.WatchItem;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/// Objects in a map: just enough behind the ports to test them.
public final class FakeApiService implements ApiService {
  private final Map<String, StoredObject> objects = new TreeMap<>();
  private final List<WatchObserver> observers = new CopyOnWriteArrayList<>();
  private long revision = 100;

  private record Kept(ObjectNode tree, Bytes json, Revision revision) implements StoredObject {
    @Override
    public String namespace() {
      return tree.path("metadata").path("namespace").asString("");
    }

    @Override
    public String name() {
      return tree.path("metadata").path("name").asString("");
    }
  }

  private static String key(ResourceType type, String namespace, String name) {
    return type + "/" + namespace + "/" + name;
  }

  @Override
  public synchronized StoredObject get(RequestContext context, Target target, ReadOptions options) {
    StoredObject found = objects.get(key(target.type(), target.namespace(), target.name()));
    if (found == null) {
      throw ApiException.notFound(target.type(), target.name());
    }
    return found;
  }

  @Override
  public synchronized ObjectList list(RequestContext context, Target target, ReadOptions options) {
    String prefix = target.type() + "/";
    List<StoredObject> items =
        objects.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .filter(it -> target.namespace().isEmpty() || it.namespace().equals(target.namespace()))
            .toList();
    return new ObjectList(items, Revision.of(revision), "", 0);
  }

  @Override
  public synchronized Subscription watch(
      RequestContext context, Target target, ReadOptions options, WatchObserver observer) {
    if (options.resourceVersion().equals("1")) {
      throw ApiException.expired("too old resource version: 1 (100)");
    }
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  /// How many watch now.
  public int watchers() {
    return observers.size();
  }

  @Override
  public synchronized Written create(
      RequestContext context, Target target, ObjectNode body, WriteOptions options) {
    context.warnings().accept("created \"here\"");
    if (options.validation() == WriteOptions.FieldValidation.STRICT
        && !options.lapses().isEmpty()) {
      throw SchemaDecoding.refusal(
          target.type().groupVersionKind(), SchemaDecoding.strictly(options.lapses()));
    }
    String name = body.path("metadata").path("name").asString("");
    if (objects.containsKey(key(target.type(), target.namespace(), name))) {
      throw ApiException.alreadyExists(target.type(), name);
    }
    return store(target, name, body, Revision.NONE);
  }

  private Written store(Target target, String name, ObjectNode body, Revision before) {
    revision++;
    ObjectNode metadata = (ObjectNode) body.get("metadata");
    metadata.put("namespace", target.namespace()).put("resourceVersion", "" + revision);
    metadata.put("uid", "uid-" + name);
    var kept = new Kept(body, Bytes.wrap(TreeCodec.write(body)), Revision.of(revision));
    objects.put(key(target.type(), target.namespace(), name), kept);
    boolean created = before.isNone();
    tell(created ? WatchObserver.Type.ADDED : WatchObserver.Type.MODIFIED, kept);
    return new Written(kept, before, created ? Written.Outcome.CREATED : Written.Outcome.CHANGED);
  }

  private void tell(WatchObserver.Type type, StoredObject object) {
    observers.forEach(observer -> observer.events(List.of(new WatchItem(type, object))));
  }

  @Override
  public synchronized Written update(
      RequestContext context, Target target, ObjectNode body, WriteOptions options) {
    Revision before = get(context, target, ReadOptions.NONE).revision();
    return store(target, target.name(), body, before);
  }

  @Override
  public synchronized Written patch(
      RequestContext context, Target target, PatchBody patch, WriteOptions options) {
    StoredObject old = get(context, target, ReadOptions.NONE);
    ObjectNode merged = old.tree().deepCopy();
    patch.document().properties().forEach(it -> merged.set(it.getKey(), it.getValue()));
    return store(target, target.name(), merged, old.revision());
  }

  @Override
  public synchronized Deleted delete(
      RequestContext context, Target target, DeleteOptions options, ReadOptions selection) {
    StoredObject old = get(context, target, ReadOptions.NONE);
    objects.remove(key(target.type(), target.namespace(), target.name()));
    tell(WatchObserver.Type.DELETED, old);
    return new Deleted.Gone(new Written(old, old.revision(), Written.Outcome.REMOVED));
  }
}
