package dev.drydock.client.cache;

import dev.drydock.api.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Objects by key, by namespace and by any number of indexes. One writer, many readers, who never
/// wait: while an object changes, an index may for a moment show it under the old and the new
/// value.
final class IndexedStore<T extends HasMetadata> implements Lister<T> {
  private static final String NAMESPACE = "\0namespace";

  private final Map<ObjectKey, T> objects = new ConcurrentHashMap<>();
  private final Map<String, Table<T>> tables = new ConcurrentHashMap<>();
  private final Object writing = new Object();

  /// One index: value to objects.
  private record Table<T>(Index<T> index, Map<String, Map<ObjectKey, T>> byValue) {}

  IndexedStore() {
    addIndex(
        new Index<>(
            NAMESPACE,
            object -> {
              String namespace = object.getMetadata().getNamespace();
              return namespace == null ? List.of() : List.of(namespace);
            }));
  }

  /// Makes an index, from what is there, unless there is one of that name.
  void addIndex(Index<T> index) {
    synchronized (writing) {
      if (tables.containsKey(index.name())) {
        return;
      }
      var table = new Table<>(index, new ConcurrentHashMap<String, Map<ObjectKey, T>>());
      objects.forEach((key, object) -> enter(table, key, index.values().apply(object), object));
      tables.put(index.name(), table);
    }
  }

  /// @return the state before, if any
  Optional<T> put(ObjectKey key, T object) {
    synchronized (writing) {
      T before = objects.put(key, object);
      for (Table<T> table : tables.values()) {
        Collection<String> now = table.index().values().apply(object);
        enter(table, key, now, object);
        if (before != null) {
          leave(table, key, table.index().values().apply(before), Set.copyOf(now));
        }
      }
      return Optional.ofNullable(before);
    }
  }

  /// @return the last state, if there was one
  Optional<T> remove(ObjectKey key) {
    synchronized (writing) {
      T before = objects.remove(key);
      if (before != null) {
        for (Table<T> table : tables.values()) {
          leave(table, key, table.index().values().apply(before), Set.of());
        }
      }
      return Optional.ofNullable(before);
    }
  }

  Set<ObjectKey> keys() {
    return new HashSet<>(objects.keySet());
  }

  private static <T> void enter(
      Table<T> table, ObjectKey key, Collection<String> values, T object) {
    for (String value : values) {
      table.byValue().computeIfAbsent(value, _ -> new ConcurrentHashMap<>()).put(key, object);
    }
  }

  private static <T> void leave(
      Table<T> table, ObjectKey key, Collection<String> values, Set<String> kept) {
    for (String value : values) {
      Map<ObjectKey, T> entries = table.byValue().get(value);
      if (entries != null && !kept.contains(value)) {
        entries.remove(key);
        if (entries.isEmpty()) {
          table.byValue().remove(value);
        }
      }
    }
  }

  @Override
  public Optional<T> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public List<T> list() {
    return List.copyOf(objects.values());
  }

  @Override
  public List<T> inNamespace(String namespace) {
    return find(NAMESPACE, namespace);
  }

  @Override
  public List<T> byIndex(Index<T> index, String value) {
    return find(index.name(), value);
  }

  private List<T> find(String index, String value) {
    Table<T> table = tables.get(index);
    if (table == null) {
      throw new IllegalArgumentException("the informer was made without the index " + index);
    }
    Map<ObjectKey, T> entries = table.byValue().get(value);
    return entries == null ? List.of() : List.copyOf(entries.values());
  }
}
