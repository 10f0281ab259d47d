package dev.drydock.apiserver.storage.cache;

import java.util.Arrays;

/// Changed copies of arrays.
final class CopiedArrays {
  private CopiedArrays() {}

  static <T> T[] set(T[] array, int index, T value) {
    T[] copy = array.clone();
    copy[index] = value;
    return copy;
  }

  static <T> T[] insert(T[] array, int index, T value) {
    T[] copy = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, index, copy, index + 1, array.length - index);
    copy[index] = value;
    return copy;
  }

  static <T> T[] remove(T[] array, int index) {
    T[] copy = Arrays.copyOf(array, array.length - 1);
    System.arraycopy(array, index + 1, copy, index, array.length - index - 1);
    return copy;
  }
}
