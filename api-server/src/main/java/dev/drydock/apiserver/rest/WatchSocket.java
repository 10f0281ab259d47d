package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.rest.upgrade.Takeover;
import dev.drydock.apiserver.rest.upgrade.WebSockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.concurrent.Executor;

/// A watch over a WebSocket: a text message for each event. fabric8's client asks for that first.
///
/// @param headers of the answer
/// @param body events as lines
record WatchSocket(Map<String, String> headers, WatchBody body) implements Takeover {

  @Override
  public void begin(Channel channel, Executor workers) {
    WebSockets.install(channel);
    var pump = new Pump(channel, body);
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
    private final WatchBody body;
    private boolean closed;

    Pump(Channel channel, WatchBody body) {
      this.channel = channel;
      this.body = body;
    }

    /// Sends what there is, as long as the client takes it.
    void send() {
      while (!closed && channel.isWritable()) {
        ByteBuf lines = body.next(channel.alloc());
        if (lines == null) {
          break;
        }
        sendEach(lines);
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
