package dev.drydock.apiserver.rest.upgrade;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// The streams of one SPDY/3.1 connection, as far as Kubernetes' clients use it: they open
/// streams, we answer. There is no flow control of single streams (they have none either).
final class SpdyConnection {
  private final Wire wire;
  private final Map<Integer, SpdyStream> streams = new HashMap<>();

  SpdyConnection(Channel channel) {
    this.wire = new Wire(channel);
    channel.pipeline().addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1), wire);
  }

  /// Reads frames until the client has gone.
  ///
  /// @param onStream told of each new stream; must not block
  void run(Consumer<SpdyStream> onStream) {
    try {
      for (Object frame = wire.receive(); frame != null; frame = wire.receive()) {
        if (!take(frame, onStream)) {
          break;
        }
      }
    } catch (IOException gone) {
      wire.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      wire.close();
    }
    wire.drain();
    streams.values().forEach(SpdyStream::broken);
  }

  /// @return whether more may follow
  private boolean take(Object frame, Consumer<SpdyStream> onStream)
      throws IOException, InterruptedException {
    try {
      switch (frame) {
        case SpdySynStreamFrame syn -> opened(syn, onStream);
        case SpdyDataFrame data -> {
          SpdyStream stream = streams.get(data.streamId());
          if (stream != null) {
            stream.arrived(ByteBufUtil.getBytes(data.content()));
            if (data.isLast()) {
              streams.remove(data.streamId());
              stream.finished();
            }
          }
        }
        case SpdyRstStreamFrame reset -> {
          SpdyStream stream = streams.remove(reset.streamId());
          if (stream != null) {
            stream.broken();
          }
        }
        case SpdyPingFrame ping -> wire.send(ping);
        case SpdyGoAwayFrame _ -> {
          return false;
        }
        default -> {
          // Settings, window updates, more headers: nothing that matters to us.
        }
      }
      return true;
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void opened(SpdySynStreamFrame syn, Consumer<SpdyStream> onStream)
      throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    syn.headers()
        .forEach(
            header ->
                headers.put(
                    header.getKey().toString().toLowerCase(Locale.ROOT),
                    header.getValue().toString()));
    var stream = new SpdyStream(syn.streamId(), headers, wire);
    if (!syn.isLast()) {
      streams.put(syn.streamId(), stream);
    }
    var reply = new DefaultSpdySynReplyFrame(syn.streamId());
    reply.headers().set("server", "drydock"); // Go's client hangs up on a reply without headers
    wire.send(reply);
    if (syn.isLast()) {
      stream.finished();
    }
    onStream.accept(stream);
  }

  void close() {
    wire.close();
  }
}
