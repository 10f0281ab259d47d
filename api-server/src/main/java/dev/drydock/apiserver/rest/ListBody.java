package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.storage.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list document, made of the shared bytes of its objects: no object is encoded anew. Its pieces
/// are the parts' own arrays, not copies.
final class ListBody implements WholeBody {
  private final byte[] head;
  private final List<Part> parts;
  private final byte[] tail;
  private final long length;

  /// -1: the head is next.
  private int next = -1;

  /// Some objects, each with a comma before it.
  sealed interface Part {
    long length();

    byte[] bytes();

    /// Put together already, and shared.
    record Kept(Bytes joined) implements Part {
      @Override
      public long length() {
        return joined.length();
      }

      @Override
      public byte[] bytes() {
        return joined.array();
      }
    }

    /// Put together when it is needed.
    record Loose(List<Bytes> items) implements Part {
      @Override
      public long length() {
        return lengthOf(items);
      }

      @Override
      public byte[] bytes() {
        return joined(items).array();
      }
    }
  }

  /// @param head everything up to and with the `[` of the items
  /// @param tail everything from their `]` on; a line break follows
  ListBody(String head, List<Part> parts, String tail) {
    this.head = head.getBytes(StandardCharsets.UTF_8);
    this.parts = parts;
    this.tail = (tail + "\n").getBytes(StandardCharsets.UTF_8);
    long sum = (long) this.head.length + this.tail.length - (parts.isEmpty() ? 0 : 1);
    for (Part part : parts) {
      sum += part.length();
    }
    this.length = sum;
  }

  private static long lengthOf(List<Bytes> items) {
    long sum = 0;
    for (Bytes item : items) {
      sum += item.length() + 1;
    }
    return sum;
  }

  /// The objects one after another, each with a comma before it.
  static Bytes joined(List<Bytes> items) {
    byte[] all = new byte[Math.toIntExact(lengthOf(items))];
    int at = 0;
    for (Bytes item : items) {
      all[at++] = ',';
      System.arraycopy(item.array(), 0, all, at, item.length());
      at += item.length();
    }
    return Bytes.wrap(all);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    for (int i = 0; i < parts.size(); i++) {
      byte[] bytes = parts.get(i).bytes();
      int comma = commaOf(i);
      out.write(bytes, comma, bytes.length - comma);
    }
    out.write(tail);
  }

  /// The first comma is one too many.
  private static int commaOf(int part) {
    return part == 0 ? 1 : 0;
  }

  @Override
  public @Nullable ByteBuf next(ByteBufAllocator allocator) {
    if (isFinished()) {
      return null;
    }
    int part = next++;
    if (part < 0) {
      return Unpooled.wrappedBuffer(head);
    }
    if (part == parts.size()) {
      return Unpooled.wrappedBuffer(tail);
    }
    byte[] bytes = parts.get(part).bytes();
    int comma = commaOf(part);
    return Unpooled.wrappedBuffer(bytes, comma, bytes.length - comma);
  }

  @Override
  public boolean isFinished() {
    return next > parts.size();
  }
}
