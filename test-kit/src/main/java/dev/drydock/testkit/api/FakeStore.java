package dev.drydock.testkit.api;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.api.watch.WatchEvent;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Listed;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Objects, revisions and watchers behind [FakeApi], under one lock.
final class FakeStore {
  private final Object lock = new Object();
  private final FakeRules rules;

  @GuardedBy("lock")
  private final Map<String, TreeMap<ObjectKey, ObjectNode>> objects = new HashMap<>();

  @GuardedBy("lock")
  private final List<FakeWatcher> watchers = new ArrayList<>();

  @GuardedBy("lock")
  private final List<FakeApi.Write> writes = new ArrayList<>();

  @GuardedBy("lock")
  private final Map<String, Integer> drops = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, List<ApiException>> failures = new HashMap<>();

  @GuardedBy("lock")
  private final IdentityHashMap<HasMetadata, ObjectNode> delivered = new IdentityHashMap<>();

  @GuardedBy("lock")
  private long revision = 1;

  @GuardedBy("lock")
  private boolean holding;

  FakeStore(InstantSource clock) {
    this.rules = new FakeRules(clock);
  }

  static ObjectNode tree(Object object) {
    return FakeTrees.MAPPER.valueToTree(object);
  }

  static <T> T model(ObjectNode tree, Class<T> model) {
    return FakeTrees.MAPPER.treeToValue(tree, model);
  }

  @GuardedBy("lock")
  private Map<ObjectKey, ObjectNode> table(ResourceType type) {
    return objects.computeIfAbsent(type.qualifiedResource(), _ -> new TreeMap<>());
  }

  @GuardedBy("lock")
  private ObjectNode existing(ResourceType type, ObjectKey key) {
    ObjectNode found = table(type).get(key);
    if (found == null) {
      throw ApiException.notFound(type, key.name());
    }
    return found;
  }

  Optional<ObjectNode> find(ResourceType type, ObjectKey key) {
    synchronized (lock) {
      return Optional.ofNullable(table(type).get(key));
    }
  }

  List<ObjectNode> all(ResourceType type) {
    synchronized (lock) {
      return List.copyOf(table(type).values());
    }
  }

  ObjectNode get(ResourceType type, ObjectKey key) {
    synchronized (lock) {
      return existing(type, key);
    }
  }

  Listed<ObjectNode> list(ResourceType type, Selection selection) {
    var filter = new FakeWatcher(type, selection);
    synchronized (lock) {
      return new Listed<>(
          table(type).values().stream().filter(filter::selects).toList(), Revision.of(revision));
    }
  }

  FakeWatcher watch(ResourceType type, Selection selection) {
    var watcher = new FakeWatcher(type, selection);
    synchronized (lock) {
      for (ObjectNode tree : table(type).values()) {
        if (watcher.selects(tree)) {
          watcher.send(new WatchEvent.Added<>(tree), false);
        }
      }
      watcher.send(
          new WatchEvent.Bookmark<>(
              Revision.of(revision), WatchEvent.Progress.INITIAL_STATE_COMPLETE),
          false);
      watchers.add(watcher);
      return watcher;
    }
  }

  void closeWatch(FakeWatcher watcher) {
    synchronized (lock) {
      if (watchers.remove(watcher)) {
        watcher.end(ApiException.of(StatusReason.SERVICE_UNAVAILABLE, "the watch was closed"));
      }
    }
  }

  ObjectNode create(ResourceType type, ObjectNode body) {
    ObjectNode fresh = rules.created(type, body);
    ObjectKey key = FakeTrees.key(fresh);
    synchronized (lock) {
      if (table(type).containsKey(key)) {
        throw ApiException.alreadyExists(type, key.name());
      }
      return note("create", type, "", store(type, null, fresh));
    }
  }

  ObjectNode update(ResourceType type, String subresource, ObjectNode body) {
    synchronized (lock) {
      ObjectNode present = existing(type, FakeTrees.key(body));
      long read = FakeTrees.revision(body);
      if (read != 0 && read != FakeTrees.revision(present)) {
        throw ApiException.modifiedMeanwhile(type, FakeTrees.key(body).name());
      }
      return replace("update", type, subresource, present, body);
    }
  }

  ObjectNode patch(ResourceType type, String subresource, ObjectKey key, Patch patch) {
    synchronized (lock) {
      ObjectNode present = existing(type, key);
      ObjectNode body = FakeTrees.patched(present, patch);
      if (FakeTrees.revision(body) != FakeTrees.revision(present)) {
        throw ApiException.modifiedMeanwhile(type, key.name());
      }
      FakeRules.checkPatched(type, present, body);
      return replace("patch", type, subresource, present, body);
    }
  }

  @GuardedBy("lock")
  private ObjectNode replace(
      String verb, ResourceType type, String subresource, ObjectNode present, ObjectNode body) {
    ObjectNode next = rules.replaced(type, subresource, present, body);
    if (next.equals(present)) {
      return note(verb, type, subresource, present);
    }
    return note(verb, type, subresource, store(type, present, next));
  }

  Revision delete(ResourceType type, ObjectKey key, Deletion deletion) {
    synchronized (lock) {
      ObjectNode present = existing(type, key);
      rules.checkPreconditions(type, present, deletion);
      ObjectNode marked = rules.deleted(type, present, deletion);
      ObjectNode result =
          marked.equals(present) && !rules.mayGo(type, present)
              ? present
              : store(type, present, marked);
      note("delete", type, "", result);
      return Revision.of(FakeTrees.revision(result));
    }
  }

  ObjectNode bind(ResourceType type, ObjectNode binding) {
    synchronized (lock) {
      ObjectNode present = existing(type, FakeTrees.key(binding));
      ObjectNode bound = rules.bound(type, present, binding);
      return note("create", type, "binding", store(type, present, bound));
    }
  }

  ObjectNode evict(ResourceType type, ObjectNode eviction) {
    ObjectKey key = FakeTrees.key(eviction);
    synchronized (lock) {
      ObjectNode present = existing(type, key);
      delete(type, key, Deletion.DEFAULT);
      return table(type).getOrDefault(key, present);
    }
  }

  void seed(ResourceType type, HasMetadata object) {
    synchronized (lock) {
      ObjectNode fresh = rules.seeded(tree(object));
      store(type, table(type).get(FakeTrees.key(fresh)), fresh);
    }
  }

  void vanish(ResourceType type, ObjectKey key) {
    synchronized (lock) {
      remove(type, existing(type, key));
    }
  }

  /// Gives the state a revision and makes it the present one, or removes it when it may go.
  @GuardedBy("lock")
  private ObjectNode store(ResourceType type, @Nullable ObjectNode before, ObjectNode after) {
    if (before != null && rules.mayGo(type, after)) {
      return remove(type, after);
    }
    revision++;
    FakeTrees.metadata(after).put("resourceVersion", Long.toString(revision));
    table(type).put(FakeTrees.key(after), after);
    tell(type, before, after, after);
    return after;
  }

  @GuardedBy("lock")
  private ObjectNode remove(ResourceType type, ObjectNode present) {
    revision++;
    ObjectNode last = present.deepCopy();
    FakeTrees.metadata(last).put("resourceVersion", Long.toString(revision));
    ObjectNode before = table(type).remove(FakeTrees.key(present));
    tell(type, before, null, last);
    return last;
  }

  @GuardedBy("lock")
  private void tell(
      ResourceType type, @Nullable ObjectNode before, @Nullable ObjectNode after, ObjectNode last) {
    int dropping = drops.getOrDefault(type.qualifiedResource(), 0);
    if (dropping > 0) {
      drops.put(type.qualifiedResource(), dropping - 1);
    } else {
      for (FakeWatcher watcher : watchers) {
        if (watcher.watches(type)) {
          watcher.offer(before, after, last, holding);
        }
      }
    }
    lock.notifyAll();
  }

  @GuardedBy("lock")
  private ObjectNode note(String verb, ResourceType type, String subresource, ObjectNode result) {
    writes.add(
        new FakeApi.Write(
            verb,
            type,
            subresource,
            FakeTrees.key(result),
            Revision.of(FakeTrees.revision(result)),
            Causes.current().revisions()));
    lock.notifyAll();
    return result;
  }

  List<FakeApi.Write> writes() {
    synchronized (lock) {
      return List.copyOf(writes);
    }
  }

  Revision revision() {
    synchronized (lock) {
      return Revision.of(revision);
    }
  }

  void await(Duration patience, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      while (!condition.getAsBoolean()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("the awaited state did not come; writes so far: " + writes);
        }
        lock.wait(Math.min(left, 20));
      }
    }
  }

  void endWatches(ApiException cause) {
    synchronized (lock) {
      watchers.forEach(watcher -> watcher.end(cause));
      watchers.clear();
    }
  }

  void awaitTaken(Duration patience) throws InterruptedException {
    List<FakeWatcher> open;
    synchronized (lock) {
      open = List.copyOf(watchers);
    }
    for (FakeWatcher watcher : open) {
      if (!watcher.awaitTaken(patience)) {
        throw new AssertionError("a watch was not read to its end; writes so far: " + writes());
      }
    }
  }

  void drop(ResourceType type, int count) {
    synchronized (lock) {
      drops.put(type.qualifiedResource(), count);
    }
  }

  void hold() {
    synchronized (lock) {
      holding = true;
    }
  }

  void release() {
    synchronized (lock) {
      holding = false;
      watchers.forEach(FakeWatcher::release);
    }
  }

  void failNext(String verb, ResourceType type, int count, ApiException failure) {
    synchronized (lock) {
      List<ApiException> list = failures.computeIfAbsent(verb + " " + type, _ -> new ArrayList<>());
      for (int i = 0; i < count; i++) {
        list.add(failure);
      }
    }
  }

  void mayFail(String verb, ResourceType type) {
    synchronized (lock) {
      List<ApiException> list = failures.get(verb + " " + type);
      if (list != null && !list.isEmpty()) {
        throw list.removeFirst();
      }
    }
  }

  int openWatches() {
    synchronized (lock) {
      return watchers.size();
    }
  }

  void delivered(HasMetadata object) {
    synchronized (lock) {
      delivered.put(object, tree(object));
    }
  }

  void assertNothingMutated() {
    synchronized (lock) {
      delivered.forEach(
          (object, asDelivered) -> {
            if (!tree(object).equals(asDelivered)) {
              throw new AssertionError(
                  "somebody changed a shared object:\n" + asDelivered + "\nbecame\n" + object);
            }
          });
    }
  }
}
