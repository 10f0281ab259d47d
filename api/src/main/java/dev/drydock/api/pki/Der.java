package dev.drydock.api.pki;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One element of DER: a tag and a content.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Der(int tag, byte[] content, byte[] whole) {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_ID = 0x06;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /// @throws IllegalArgumentException when the bytes are no single element
  static Der parse(byte[] bytes) {
    List<Der> all = elements(bytes);
    if (all.size() != 1) {
      throw malformed();
    }
    return all.getFirst();
  }

  /// The elements of a sequence, a set, or of any other container.
  List<Der> children() {
    return elements(content);
  }

  Der child(int index) {
    List<Der> children = children();
    if (index >= children.size()) {
      throw malformed();
    }
    return children.get(index);
  }

  Der expect(int wanted) {
    if (tag != wanted) {
      throw malformed();
    }
    return this;
  }

  private static List<Der> elements(byte[] bytes) {
    List<Der> all = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int from = at;
      int tag = bytes[at++] & 0xff;
      if (at >= bytes.length) {
        throw malformed();
      }
      int length = bytes[at++] & 0xff;
      if (length > 0x7f) {
        int count = length & 0x7f;
        if (count == 0 || count > 4 || at + count > bytes.length) {
          throw malformed();
        }
        length = 0;
        for (int i = 0; i < count; i++) {
          length = length << 8 | (bytes[at++] & 0xff);
        }
      }
      if (length < 0 || length > bytes.length - at) {
        throw malformed();
      }
      all.add(
          new Der(
              tag,
              Arrays.copyOfRange(bytes, at, at + length),
              Arrays.copyOfRange(bytes, from, at + length)));
      at += length;
    }
    return all;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("asn1: structure error: malformed certificate request");
  }

  /// `1.2.840.113549` of an object identifier's content.
  static String objectId(byte[] content) {
    var text = new StringBuilder();
    long value = 0;
    for (byte b : content) {
      value = value << 7 | (b & 0x7f);
      if (b >= 0) {
        if (text.isEmpty()) {
          long first = Math.min(value / 40, 2);
          text.append(first).append('.').append(value - first * 40);
        } else {
          text.append('.').append(value);
        }
        value = 0;
      }
    }
    return text.toString();
  }

  static byte[] objectId(String dotted) {
    String[] parts = dotted.split("\\.");
    var content = new ByteArrayOutputStream();
    content.writeBytes(base128(Long.parseLong(parts[0]) * 40 + Long.parseLong(parts[1])));
    for (int i = 2; i < parts.length; i++) {
      content.writeBytes(base128(Long.parseLong(parts[i])));
    }
    return element(OBJECT_ID, content.toByteArray());
  }

  private static byte[] base128(long value) {
    int size = 1;
    for (long rest = value >> 7; rest > 0; rest >>= 7) {
      size++;
    }
    byte[] bytes = new byte[size];
    for (int i = size - 1; i >= 0; i--) {
      bytes[i] = (byte) ((value & 0x7f) | (i == size - 1 ? 0 : 0x80));
      value >>= 7;
    }
    return bytes;
  }

  static byte[] element(int tag, byte[]... contents) {
    var content = new ByteArrayOutputStream();
    for (byte[] one : contents) {
      content.writeBytes(one);
    }
    int length = content.size();
    var out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int count = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | count);
      for (int i = count - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /// A bit string of whole bytes.
  static byte[] bits(byte[] bytes) {
    return element(BIT_STRING, new byte[] {0}, bytes);
  }
}
