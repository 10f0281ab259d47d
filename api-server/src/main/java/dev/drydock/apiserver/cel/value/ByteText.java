package dev.drydock.apiserver.cel.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// CEL's `bytes`.
public final class ByteText implements Comparable<ByteText> {
  private final byte[] bytes;

  public ByteText(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public static ByteText of(String text) {
    return new ByteText(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return bytes.length;
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public ByteText plus(ByteText other) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
    System.arraycopy(other.bytes, 0, both, bytes.length, other.bytes.length);
    return new ByteText(both);
  }

  @Override
  public int compareTo(ByteText other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteText text && Arrays.equals(bytes, text.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return text();
  }
}
