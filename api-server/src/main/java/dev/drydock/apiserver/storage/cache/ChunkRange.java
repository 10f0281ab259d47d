package dev.drydock.apiserver.storage.cache;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.RandomAccess;

/// A part of [SortedChunks] as a list. Making one costs a step per chunk, not per entry.
final class ChunkRange<D> extends AbstractList<D> implements RandomAccess {
  private final SortedChunks.Chunk[] chunks;
  private final int firstChunk;
  private final int firstIndex;

  /// Entries up to and including each chunk of the range, counted from the start of the first.
  private final int[] ends;

  private final int size;

  ChunkRange(
      SortedChunks.Chunk[] chunks, int firstChunk, int firstIndex, int endChunk, int endIndex) {
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
    return (D) chunks[chunk].values()[index];
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
