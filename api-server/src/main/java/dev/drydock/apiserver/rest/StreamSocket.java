package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.rest.upgrade.Takeover;
import dev.drydock.apiserver.rest.upgrade.WebSockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.base64.Base64;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.concurrent.Executor;

/// A body over a WebSocket: a watch, of which fabric8's client asks for that first, or a log.
///
/// @param headers of the answer
record StreamSocket(Map<String, String> headers, StreamBody body, Messages messages)
    implements Takeover {
  private static final String PLAIN = "binary.k8s.io";
  private static final String ENCODED = "base64.binary.k8s.io";

  /// How the body becomes messages.
  enum Messages {
    /// A text for each line.
    LINES,
    /// Bytes as they come.
    PIECES,
    /// The same as texts in base64.
    ENCODED_PIECES
  }

  /// Bytes, in the sub-protocol that the client offers.
  static StreamSocket ofBytes(HttpHeaders request, StreamBody body) {
    String protocol =
        WebSockets.protocols(request).stream()
            .filter(one -> one.equals(PLAIN) || one.equals(ENCODED))
            .findFirst()
            .orElse("");
    return new StreamSocket(
        WebSockets.answer(request, protocol),
        body,
        protocol.equals(ENCODED) ? Messages.ENCODED_PIECES : Messages.PIECES);
  }

  @Override
  public void begin(Channel channel, Executor workers) {
    WebSockets.install(channel);
    var pump = new Pump(channel, this);
    channel.pipeline().addLast(pump);
    body.begin(() -> channel.eventLoop().execute(pump::send));
    channel.eventLoop().execute(pump::send);
  }

  @Override
  public void abandon() {
    body.close();
  }

  /// Runs on the connection's event loop.
  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
  private static final class Pump extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final StreamBody body;
    private final Messages messages;
    private boolean closed;

    Pump(Channel channel, StreamSocket socket) {
      this.channel = channel;
      this.body = socket.body();
      this.messages = socket.messages();
    }

    /// Sends what there is, as long as the client takes it.
    void send() {
      while (!closed && channel.isWritable()) {
        ByteBuf piece = body.next(channel.alloc());
        if (piece == null) {
          break;
        }
        switch (messages) {
          case LINES -> sendEach(piece);
          case PIECES -> channel.write(new BinaryWebSocketFrame(piece));
          case ENCODED_PIECES -> {
            channel.write(new TextWebSocketFrame(Base64.encode(piece, false)));
            piece.release();
          }
        }
        channel.flush();
      }
      if (!closed && channel.isWritable() && body.isFinished()) {
        close();
        channel
            .writeAndFlush(new CloseWebSocketFrame(1000, ""))
            .addListener(ChannelFutureListener.CLOSE);
      }
    }

    private void sendEach(ByteBuf lines) {
      try {
        int end;
        while ((end = lines.bytesBefore((byte) '\n')) >= 0) {
          channel.write(new TextWebSocketFrame(lines.readRetainedSlice(end)));
          lines.skipBytes(1);
        }
      } finally {
        lines.release();
      }
    }

    private void close() {
      if (!closed) {
        closed = true;
        body.close();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      send();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      if (message instanceof CloseWebSocketFrame) {
        close();
        context
            .writeAndFlush(new CloseWebSocketFrame(1000, ""))
            .addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      close();
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      close();
      context.close();
    }
  }
}
