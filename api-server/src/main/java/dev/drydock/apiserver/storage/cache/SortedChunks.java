package dev.drydock.apiserver.storage.cache;

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

  @SuppressWarnings("unchecked")
  static <D> SortedChunks<D> empty() {
    return (SortedChunks<D>) EMPTY;
  }

  SortedChunks<D> with(String key, D value) {
    if (chunks.length == 0) {
      return new SortedChunks<>(new Chunk[] {Chunk.of(key, value)});
    }
    int at = chunkOf(key);
    Chunk chunk = chunks[at];
    int index = chunk.search(key);
    if (index >= 0) {
      return new SortedChunks<>(CopiedArrays.set(chunks, at, chunk.replaced(index, value)));
    }
    Chunk grown = chunk.inserted(-index - 1, key, value);
    if (grown.size() <= MAX) {
      return new SortedChunks<>(CopiedArrays.set(chunks, at, grown));
    }
    // Keys often arrive in order: then the old chunk stays nearly full.
    boolean appended = at == chunks.length - 1 && -index - 1 == chunk.size();
    int cut = appended ? MAX * 3 / 4 : grown.size() / 2;
    Chunk[] more = CopiedArrays.insert(chunks, at, grown.part(0, cut));
    more[at + 1] = grown.part(cut, grown.size());
    return new SortedChunks<>(more);
  }

  SortedChunks<D> without(String key) {
    int at = chunks.length == 0 ? 0 : chunkOf(key);
    int index = chunks.length == 0 ? -1 : chunks[at].search(key);
    if (index < 0) {
      return this;
    }
    Chunk shrunk = chunks[at].removed(index);
    if (shrunk.size() == 0) {
      return new SortedChunks<>(CopiedArrays.remove(chunks, at));
    }
    if (shrunk.size() < SMALL && at + 1 < chunks.length && chunks[at + 1].size() < MAX / 2) {
      Chunk[] fewer = CopiedArrays.remove(chunks, at);
      fewer[at] = shrunk.joined(chunks[at + 1]);
      return new SortedChunks<>(fewer);
    }
    return new SortedChunks<>(CopiedArrays.set(chunks, at, shrunk));
  }

  @SuppressWarnings("unchecked")
  @Nullable D get(String key) {
    if (chunks.length == 0) {
      return null;
    }
    Chunk chunk = chunks[chunkOf(key)];
    int index = chunk.search(key);
    return index < 0 ? null : (D) chunk.value(index);
  }

  Optional<D> find(String key) {
    return Optional.ofNullable(get(key));
  }

  /// The values whose keys begin with this, as a view.
  ChunkRange<D> below(String prefix) {
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
    int index = chunks[at].search(key);
    int place = index < 0 ? -index - 1 : index;
    return place == chunks[at].size() ? (long) (at + 1) << 32 : (long) at << 32 | place;
  }

  /// The chunk where the key is or belongs.
  private int chunkOf(String key) {
    int low = 0;
    int high = chunks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks[middle].firstKey().compareTo(key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
