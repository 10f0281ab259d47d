package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.Segmented;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.function.Function;

/// A part of [SortedChunks] as a list. Making one costs a step per chunk, not per entry.
final class ChunkRange<D> extends AbstractList<D> implements RandomAccess, Segmented<D> {
  private final Chunk[] chunks;
  private final int firstChunk;
  private final int firstIndex;

  /// Entries up to and including each chunk of the range, counted from the start of the first.
  private final int[] ends;

  private final int size;

  ChunkRange(Chunk[] chunks, int firstChunk, int firstIndex, int endChunk, int endIndex) {
    this.chunks = chunks;
    this.firstChunk = firstChunk;
    this.firstIndex = firstIndex;
    int count = Math.max(0, endChunk - firstChunk + (endIndex > 0 ? 1 : 0));
    this.ends = new int[count];
    int total = 0;
    for (int i = 0; i < count; i++) {
      boolean last = firstChunk + i == endChunk;
      total += last ? endIndex : chunks[firstChunk + i].size();
      ends[i] = total;
    }
    this.size = Math.max(0, total - firstIndex);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public D get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int absolute = index + firstIndex;
    int found = Arrays.binarySearch(ends, absolute + 1);
    int chunk = found < 0 ? -found - 1 : found;
    int start = chunk == 0 ? 0 : ends[chunk - 1];
    return value(firstChunk + chunk, absolute - start);
  }

  @SuppressWarnings("unchecked")
  private D value(int chunk, int index) {
    return (D) chunks[chunk].value(index);
  }

  @Override
  public List<Segment<D>> segments() {
    List<Segment<D>> segments = new ArrayList<>(ends.length);
    int from = firstIndex;
    for (int i = 0; i < ends.length; i++) {
      int before = i == 0 ? 0 : ends[i - 1];
      int to = ends[i] - before;
      if (to > from) {
        Chunk chunk = chunks[firstChunk + i];
        segments.add(
            to - from == chunk.size()
                ? new Whole<>(chunk, subList(before - firstIndex, ends[i] - firstIndex))
                : new Part<>(subList(before + from - firstIndex, ends[i] - firstIndex)));
      }
      from = 0;
    }
    return segments;
  }

  private record Whole<D>(Chunk chunk, List<D> items) implements Segment<D> {
    @Override
    public Bytes encoded(Function<List<D>, Bytes> encoder) {
      return chunk.encoded(encoder);
    }
  }

  /// Of the first or last chunk: encoded each time.
  private record Part<D>(List<D> items) implements Segment<D> {
    @Override
    public Bytes encoded(Function<List<D>, Bytes> encoder) {
      return encoder.apply(items);
    }
  }

  @Override
  public Iterator<D> iterator() {
    return new Iterator<>() {
      private int left = size;
      private int chunk = firstChunk;
      private int index = firstIndex;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public D next() {
        if (left == 0) {
          throw new NoSuchElementException();
        }
        if (index == chunks[chunk].size()) {
          chunk++;
          index = 0;
        }
        left--;
        return value(chunk, index++);
      }
    };
  }
}
