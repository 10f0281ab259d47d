package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.Bytes;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some neighbours of a [SortedChunks]: keys and values, in parallel. Never changes, so what was
/// once made of all its values is right for as long as it lives; it is held weakly, since it
/// can be made again.
final class Chunk {
  private final String[] keys;
  private final Object[] values;
  private volatile @Nullable WeakReference<Bytes> encoded;

  private Chunk(String[] keys, Object[] values) {
    this.keys = keys;
    this.values = values;
  }

  static Chunk of(String key, Object value) {
    return new Chunk(new String[] {key}, new Object[] {value});
  }

  int size() {
    return keys.length;
  }

  String firstKey() {
    return keys[0];
  }

  /// As `Arrays.binarySearch`.
  int search(String key) {
    return Arrays.binarySearch(keys, key);
  }

  Object value(int index) {
    return values[index];
  }

  @SuppressWarnings("unchecked")
  <D> Bytes encoded(Function<List<D>, Bytes> encoder) {
    WeakReference<Bytes> reference = encoded;
    Bytes known = reference == null ? null : reference.get();
    if (known == null) {
      known = encoder.apply((List<D>) Arrays.asList(values));
      encoded = new WeakReference<>(known);
    }
    return known;
  }

  Chunk replaced(int index, Object value) {
    Object[] changed = values.clone();
    changed[index] = value;
    return new Chunk(keys, changed);
  }

  Chunk inserted(int index, String key, Object value) {
    return new Chunk(
        CopiedArrays.insert(keys, index, key), CopiedArrays.insert(values, index, value));
  }

  Chunk removed(int index) {
    return new Chunk(CopiedArrays.remove(keys, index), CopiedArrays.remove(values, index));
  }

  Chunk part(int from, int to) {
    return new Chunk(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
  }

  Chunk joined(Chunk next) {
    String[] allKeys = Arrays.copyOf(keys, size() + next.size());
    Object[] allValues = Arrays.copyOf(values, size() + next.size());
    System.arraycopy(next.keys, 0, allKeys, size(), next.size());
    System.arraycopy(next.values, 0, allValues, size(), next.size());
    return new Chunk(allKeys, allValues);
  }
}
