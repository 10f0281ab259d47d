package dev.drydock.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A protobuf message written from its end to its beginning: when the length of something has to
/// be written, it is known.
final class BackwardBytes {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int DELIMITED = 2;
  static final int FIXED32 = 5;

  private byte[] bytes;
  private int start;

  BackwardBytes(int expected) {
    bytes = new byte[expected];
    start = expected;
  }

  /// How much has been written.
  int size() {
    return bytes.length - start;
  }

  byte[] toArray() {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private void require(int count) {
    if (start >= count) {
      return;
    }
    int written = size();
    byte[] larger = new byte[Math.max(bytes.length * 2, written + count)];
    System.arraycopy(bytes, start, larger, larger.length - written, written);
    start = larger.length - written;
    bytes = larger;
  }

  void raw(byte[] content) {
    require(content.length);
    start -= content.length;
    System.arraycopy(content, 0, bytes, start, content.length);
  }

  void varint(long value) {
    int length = varintLength(value);
    require(length);
    start -= length;
    long rest = value;
    for (int i = start; i < start + length - 1; i++) {
      bytes[i] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[start + length - 1] = (byte) rest;
  }

  static int varintLength(long value) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
  }

  void fixed(long value, int count) {
    require(count);
    start -= count;
    for (int i = 0; i < count; i++) {
      bytes[start + i] = (byte) (value >>> (8 * i));
    }
  }

  void tag(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  /// The length of what has been written since, and the tag.
  ///
  /// @param before the size before it was written
  void delimit(int field, int before) {
    varint(size() - before);
    tag(field, DELIMITED);
  }

  void text(int field, String text) {
    int before = size();
    if (!ascii(text)) {
      raw(text.getBytes(StandardCharsets.UTF_8));
    }
    delimit(field, before);
  }

  private boolean ascii(String text) {
    int length = text.length();
    require(length);
    int at = start - length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      bytes[at + i] = (byte) c;
    }
    start = at;
    return true;
  }
}
