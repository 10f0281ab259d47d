package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.storage.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list document, made of the shared bytes of its objects: nothing is encoded, and only a
/// window of it exists as a whole at any time.
final class ListBody implements StreamBody {
  private static final int PIECE = 64 * 1024;
  private static final byte[] TAIL = {']', '}', '\n'};

  private final byte[] head;
  private final List<Bytes> items;
  private final long length;
  private int item = -1;
  private int offset;

  /// @param head everything up to and with the `[` of the items
  ListBody(String head, List<Bytes> items) {
    this.head = head.getBytes(StandardCharsets.UTF_8);
    this.items = items;
    long sum = this.head.length + TAIL.length + Math.max(0, items.size() - 1L);
    for (Bytes one : items) {
      sum += one.length();
    }
    this.length = sum;
  }

  @Override
  public long length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(head);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(items.get(i).array());
    }
    out.write(TAIL);
  }

  byte[] toBytes() {
    var out = new ByteArrayOutputStream(Math.toIntExact(length));
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  @Override
  public void begin(Runnable wake) {
    // Everything is there already.
  }

  @Override
  public @Nullable ByteBuf next(ByteBufAllocator allocator) {
    if (isFinished()) {
      return null;
    }
    ByteBuf piece = allocator.buffer(PIECE);
    while (piece.isWritable() && !isFinished()) {
      byte[] source = item < 0 ? head : item < items.size() ? items.get(item).array() : TAIL;
      int part = Math.min(source.length - offset, piece.writableBytes());
      piece.writeBytes(source, offset, part);
      offset += part;
      if (offset == source.length && (needsNoComma() || piece.isWritable())) {
        if (!needsNoComma()) {
          piece.writeByte(',');
        }
        item++;
        offset = 0;
      }
    }
    return piece;
  }

  private boolean needsNoComma() {
    return item < 0 || item >= items.size() - 1;
  }

  @Override
  public boolean isFinished() {
    return item > items.size();
  }

  @Override
  public void close() {
    // Nothing to give back.
  }
}
