package dev.drydock.scheduler.framework;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An immutable map of which a changed copy is cheap: only one of its parts is copied.
public final class ShardedMap<K, V> {
  private static final int SHARDS = 64;

  private final Map<K, V>[] shards;
  private final int size;

  private ShardedMap(Map<K, V>[] shards, int size) {
    this.shards = shards;
    this.size = size;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays have no type arguments.
  public static <K, V> ShardedMap<K, V> empty() {
    Map<K, V>[] shards = new Map[SHARDS];
    Arrays.fill(shards, Map.of());
    return new ShardedMap<>(shards, 0);
  }

  private static int shard(Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16) ^ (hash >>> 8)) & (SHARDS - 1);
  }

  public @Nullable V get(K key) {
    return shards[shard(key)].get(key);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public ShardedMap<K, V> with(K key, V value) {
    int at = shard(key);
    var changed = new HashMap<>(shards[at]);
    boolean added = changed.put(key, value) == null;
    return replaced(at, changed, added ? size + 1 : size);
  }

  public ShardedMap<K, V> without(K key) {
    int at = shard(key);
    if (!shards[at].containsKey(key)) {
      return this;
    }
    var changed = new HashMap<>(shards[at]);
    changed.remove(key);
    return replaced(at, changed, size - 1);
  }

  private ShardedMap<K, V> replaced(int at, Map<K, V> changed, int newSize) {
    Map<K, V>[] copy = shards.clone();
    copy[at] = changed;
    return new ShardedMap<>(copy, newSize);
  }

  public void forEach(BiConsumer<? super K, ? super V> consumer) {
    for (Map<K, V> shard : shards) {
      shard.forEach(consumer);
    }
  }
}
