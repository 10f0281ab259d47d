package dev.drydock.kubelet.program.grpc;

import dev.drydock.kubelet.network.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP/2 frames of a connection. For one thread.
final class Frames implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Frames.class);

  private final Connection connection;
  private final InputStream input;
  private final Streams streams = new Streams();
  private final EmbeddedChannel channel;
  private final byte[] buffer = new byte[1024];

  Frames(Connection connection, Http2FrameCodec codec) throws IOException {
    this.connection = connection;
    this.input = connection.input();
    this.channel = new EmbeddedChannel(codec, streams);
    flush();
  }

  /// Of a request that is yet to be sent.
  Http2FrameStream newStream() {
    return streams.newStream();
  }

  /// Where Netty lets streams be begun.
  private static final class Streams extends Http2ChannelDuplexHandler {}

  /// Sends frames, in one go.
  void send(Http2Frame... frames) throws IOException {
    try {
      channel.writeOutbound((Object[]) frames);
    } catch (Exception refused) { // Netty throws checked ones that it does not declare
      throw new IOException(refused.getMessage(), refused);
    } finally {
      flush();
    }
  }

  /// The next frame that came; null: the other side has ended the connection. The caller reads
  /// data by [#bytes].
  ///
  /// @throws IOException also when what came is no HTTP/2
  @Nullable Http2Frame next() throws IOException {
    while (true) {
      Object frame = read();
      if (frame instanceof Http2Frame known) {
        return known;
      }
      if (frame != null) {
        ReferenceCountUtil.release(frame);
        continue;
      }
      if (!channel.isOpen()) {
        return null;
      }
      int count = input.read(buffer);
      if (count < 0) {
        return null;
      }
      received(Unpooled.copiedBuffer(buffer, 0, count));
    }
  }

  private @Nullable Object read() {
    return channel.readInbound();
  }

  private void received(ByteBuf bytes) throws IOException {
    try {
      channel.writeInbound(bytes);
    } catch (Exception malformed) { // as above
      throw new IOException(malformed.getMessage(), malformed);
    } finally {
      flush();
    }
  }

  /// What a frame holds, which makes room for more.
  byte[] bytes(Http2DataFrame data) throws IOException {
    byte[] content = new byte[data.content().readableBytes()];
    data.content().readBytes(content);
    int size = data.initialFlowControlledBytes();
    data.release();
    send(new DefaultHttp2WindowUpdateFrame(size).stream(data.stream()));
    return content;
  }

  private void flush() throws IOException {
    var all = new ByteArrayOutputStream();
    for (ByteBuf bytes = written(); bytes != null; bytes = written()) {
      bytes.readBytes(all, bytes.readableBytes());
      bytes.release();
    }
    if (all.size() > 0) {
      connection.output().write(all.toByteArray());
      connection.output().flush();
    }
  }

  private @Nullable ByteBuf written() {
    return channel.readOutbound();
  }

  @Override
  public void close() {
    try {
      channel.finishAndReleaseAll();
    } catch (Exception late) {
      LOG.debug("a connection ended badly: {}", late.getMessage());
    }
  }
}
