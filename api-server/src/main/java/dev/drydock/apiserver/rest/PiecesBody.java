package dev.drydock.apiserver.rest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays one after another, sent without copying them.
final class PiecesBody implements WholeBody {
  private static final int TOGETHER = 64 * 1024;

  private final List<byte[]> pieces;
  private final long length;
  private int next;

  /// @param pieces handed over
  PiecesBody(List<byte[]> pieces) {
    this.pieces = pieces;
    this.length = lengthOf(pieces);
  }

  static long lengthOf(List<byte[]> pieces) {
    long sum = 0;
    for (byte[] piece : pieces) {
      sum += piece.length;
    }
    return sum;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  @Override
  public @Nullable ByteBuf next(ByteBufAllocator allocator) {
    if (isFinished()) {
      return null;
    }
    List<byte[]> some = new ArrayList<>();
    long taken = 0;
    while (next < pieces.size() && taken < TOGETHER) {
      byte[] piece = pieces.get(next++);
      some.add(piece);
      taken += piece.length;
    }
    return Unpooled.wrappedBuffer(some.toArray(byte[][]::new));
  }

  @Override
  public boolean isFinished() {
    return next >= pieces.size();
  }
}
