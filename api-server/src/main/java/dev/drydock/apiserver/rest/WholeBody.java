package dev.drydock.apiserver.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A body that is there already, though not in one piece.
interface WholeBody extends StreamBody {

  void writeTo(OutputStream out) throws IOException;

  /// In one piece.
  default byte[] toBytes() {
    var out = new ByteArrayOutputStream(Math.toIntExact(length()));
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  @Override
  default void begin(Runnable wake) {
    // Everything is there already.
  }

  @Override
  default void close() {
    // Nothing to give back.
  }
}
