package dev.drydock.apiserver.storage.cache;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sorted map that never changes: a change makes a new one that shares all but one chunk of
/// a few dozen entries. Ranges are views.
final class SortedChunks<D> {
  private static final int MAX = 192;
  private static final int SMALL = 48;
  private static final SortedChunks<?> EMPTY = new SortedChunks<>(new Chunk[0]);

  /// None of them empty; in order.
  private final Chunk[] chunks;

  private SortedChunks(Chunk[] chunks) {
    this.chunks = chunks;
  }

  /// Some neighbours. Keys and values are parallel.
  @SuppressWarnings("ArrayRecordComponent")
  record Chunk(String[] keys, Object[] values) {
    int size() {
      return keys.length;
    }

    Chunk replaced(int index, Object value) {
      Object[] changed = values.clone();
      changed[index] = value;
      return new Chunk(keys, changed);
    }

    Chunk inserted(int index, String key, Object value) {
      return new Chunk(insert(keys, index, key), insert(values, index, value));
    }

    Chunk removed(int index) {
      return new Chunk(remove(keys, index), remove(values, index));
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

  @SuppressWarnings("unchecked")
  static <D> SortedChunks<D> empty() {
    return (SortedChunks<D>) EMPTY;
  }

  SortedChunks<D> with(String key, D value) {
    if (chunks.length == 0) {
      return new SortedChunks<>(new Chunk[] {new Chunk(new String[] {key}, new Object[] {value})});
    }
    int at = chunkOf(key);
    Chunk chunk = chunks[at];
    int index = Arrays.binarySearch(chunk.keys, key);
    if (index >= 0) {
      return new SortedChunks<>(set(chunks, at, chunk.replaced(index, value)));
    }
    Chunk grown = chunk.inserted(-index - 1, key, value);
    if (grown.size() <= MAX) {
      return new SortedChunks<>(set(chunks, at, grown));
    }
    // Keys often arrive in order: then the old chunk stays nearly full.
    boolean appended = at == chunks.length - 1 && -index - 1 == chunk.size();
    int cut = appended ? MAX * 3 / 4 : grown.size() / 2;
    Chunk[] more = insert(chunks, at, grown.part(0, cut));
    more[at + 1] = grown.part(cut, grown.size());
    return new SortedChunks<>(more);
  }

  SortedChunks<D> without(String key) {
    int at = chunks.length == 0 ? 0 : chunkOf(key);
    int index = chunks.length == 0 ? -1 : Arrays.binarySearch(chunks[at].keys, key);
    if (index < 0) {
      return this;
    }
    Chunk shrunk = chunks[at].removed(index);
    if (shrunk.size() == 0) {
      return new SortedChunks<>(remove(chunks, at));
    }
    if (shrunk.size() < SMALL && at + 1 < chunks.length && chunks[at + 1].size() < MAX / 2) {
      Chunk[] fewer = remove(chunks, at);
      fewer[at] = shrunk.joined(chunks[at + 1]);
      return new SortedChunks<>(fewer);
    }
    return new SortedChunks<>(set(chunks, at, shrunk));
  }

  @SuppressWarnings("unchecked")
  @Nullable D get(String key) {
    if (chunks.length == 0) {
      return null;
    }
    Chunk chunk = chunks[chunkOf(key)];
    int index = Arrays.binarySearch(chunk.keys, key);
    return index < 0 ? null : (D) chunk.values[index];
  }

  Optional<D> find(String key) {
    return Optional.ofNullable(get(key));
  }

  /// The values whose keys begin with this, as a view.
  List<D> below(String prefix) {
    long from = position(prefix);
    long to = position(prefix + Character.MAX_VALUE);
    return new ChunkRange<>(chunks, (int) (from >> 32), (int) from, (int) (to >> 32), (int) to);
  }

  /// Chunk and index of the first key not less than this.
  private long position(String key) {
    if (chunks.length == 0) {
      return 0;
    }
    int at = chunkOf(key);
    int index = Arrays.binarySearch(chunks[at].keys, key);
    int place = index < 0 ? -index - 1 : index;
    return place == chunks[at].size() ? (long) (at + 1) << 32 : (long) at << 32 | place;
  }

  /// The chunk where the key is or belongs.
  private int chunkOf(String key) {
    int low = 0;
    int high = chunks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks[middle].keys[0].compareTo(key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static <T> T[] set(T[] array, int index, T value) {
    T[] copy = array.clone();
    copy[index] = value;
    return copy;
  }

  private static <T> T[] insert(T[] array, int index, T value) {
    T[] copy = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, index, copy, index + 1, array.length - index);
    copy[index] = value;
    return copy;
  }

  private static <T> T[] remove(T[] array, int index) {
    T[] copy = Arrays.copyOf(array, array.length - 1);
    System.arraycopy(array, index + 1, copy, index, array.length - index - 1);
    return copy;
  }
}
