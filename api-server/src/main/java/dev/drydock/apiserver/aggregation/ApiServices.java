package dev.drydock.apiserver.aggregation;

import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.lifecycle.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// All APIServices, as fresh as the cache. Safe for all threads.
public final class ApiServices implements Component {
  /// Where they are kept.
  public static final StorePrefix PREFIX =
      new StorePrefix("/registry/apiregistration.k8s.io/apiservices/");

  private final ObjectFollower follower;
  private final Map<String, ObjectNode> known = new ConcurrentSkipListMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, ApiServiceEntry> remote = Map.of();

  /// @param follow makes a follower of all APIServices
  public ApiServices(Function<ObjectFollower.Listener, ObjectFollower> follow) {
    this.follower = follow.apply(new Listening());
  }

  private final class Listening implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject object) {
      known.put(object.name(), object.tree());
      changed(object.tree());
    }

    @Override
    public void gone(StoredObject last) {
      known.remove(last.name());
      changed(last.tree());
    }
  }

  private void changed(ObjectNode service) {
    if (Trees.has(service, "spec", "service")
        || remote.containsKey(Trees.text(service, "metadata", "name"))) {
      var all = new java.util.HashMap<String, ApiServiceEntry>();
      for (ObjectNode each : known.values()) {
        if (Trees.has(each, "spec", "service")) {
          ApiServiceEntry entry = ApiServiceEntry.of(each);
          all.put(entry.name(), entry);
        }
      }
      remote = Map.copyOf(all);
    }
    listeners.forEach(Runnable::run);
  }

  /// The server of a group version, when it is another one than this.
  public Optional<ApiServiceEntry> remote(String group, String version) {
    Map<String, ApiServiceEntry> all = remote;
    return all.isEmpty() ? Optional.empty() : Optional.ofNullable(all.get(version + "." + group));
  }

  /// The server of a path's group version, when it is another one than this.
  ///
  /// @param path `/apis/GROUP/VERSION` and what is below
  public Optional<ApiServiceEntry> serving(String path) {
    if (remote.isEmpty() || !path.startsWith("/apis/")) {
      return Optional.empty();
    }
    String[] parts = path.split("/", 5);
    return parts.length < 4 ? Optional.empty() : remote(parts[2], parts[3]);
  }

  /// All that other servers serve, in the order of their names.
  List<ApiServiceEntry> remotes() {
    var all = new ArrayList<>(remote.values());
    all.sort(java.util.Comparator.comparing(ApiServiceEntry::name));
    return all;
  }

  /// The objects by name; never to be changed.
  Map<String, ObjectNode> objects() {
    return known;
  }

  boolean isReady() {
    return follower.ready().isDone();
  }

  /// Called at each change; must not block.
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void start() {
    follower.start();
    var _ = follower.ready().thenRun(() -> listeners.forEach(Runnable::run));
  }

  @Override
  public void close() {
    follower.close();
  }
}
