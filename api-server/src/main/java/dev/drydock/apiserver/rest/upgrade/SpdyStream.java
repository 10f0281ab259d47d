package dev.drydock.apiserver.rest.upgrade;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// One stream of a SPDY connection, opened by the client. Blocking.
final class SpdyStream {
  private static final int MOST_WAITING = 64;
  private static final byte[] END = new byte[0];
  private static final int CHUNK = 16 * 1024;

  private final int id;
  private final Map<String, String> headers;
  private final Wire wire;
  private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>(MOST_WAITING);
  private volatile boolean reset;

  /// @param headers by lower-case name
  SpdyStream(int id, Map<String, String> headers, Wire wire) {
    this.id = id;
    this.headers = Map.copyOf(headers);
    this.wire = wire;
  }

  /// @return empty when there is none
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// Bytes came; waits while nobody reads those before.
  void arrived(byte[] bytes) throws InterruptedException {
    if (bytes.length > 0 && !reset) {
      arrived.put(bytes);
    }
  }

  /// The client sends no more.
  void finished() throws InterruptedException {
    if (!reset) {
      arrived.put(END);
    }
  }

  /// The client wants nothing more of it; whoever reads is woken.
  void broken() {
    reset = true;
    arrived.clear();
    arrived.offer(END);
  }

  /// @return null: the client sends no more
  /// @throws IOException when it has gone
  byte @Nullable [] read() throws IOException, InterruptedException {
    byte[] bytes = arrived.take();
    if (reset) {
      arrived.offer(END);
      throw new IOException("the client has gone");
    }
    if (bytes.length == 0) {
      arrived.offer(END);
      return null;
    }
    return bytes;
  }

  void write(byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += CHUNK) {
      if (reset) {
        throw new IOException("the client has reset the stream");
      }
      wire.send(
          new DefaultSpdyDataFrame(
              id, Unpooled.wrappedBuffer(bytes, at, Math.min(CHUNK, bytes.length - at))));
    }
  }

  /// We send no more.
  void end() throws IOException {
    if (!reset) {
      SpdyDataFrame last = new DefaultSpdyDataFrame(id, Unpooled.EMPTY_BUFFER).setLast(true);
      wire.send(last);
    }
  }

  /// Ends both ways at once.
  void reset() throws IOException {
    broken();
    wire.send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL));
  }
}
