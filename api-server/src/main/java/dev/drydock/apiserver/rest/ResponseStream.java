package dev.drydock.apiserver.rest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Moves a [StreamBody] to the client as fast as the connection takes it. Lives on the event
/// loop.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class ResponseStream {
  private final ChannelHandlerContext context;
  private final StreamBody body;
  private final Consumer<ChannelFuture> whenDone;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean ended;

  /// @param whenDone called on the event loop with the future of the last write
  ResponseStream(ChannelHandlerContext context, StreamBody body, Consumer<ChannelFuture> whenDone) {
    this.context = context;
    this.body = body;
    this.whenDone = whenDone;
  }

  void begin() {
    body.begin(this::wake);
    drain();
  }

  private void wake() {
    if (scheduled.compareAndSet(false, true)) {
      context
          .executor()
          .execute(
              () -> {
                scheduled.set(false);
                drain();
              });
    }
  }

  void drain() {
    if (ended) {
      return;
    }
    boolean wrote = false;
    while (context.channel().isWritable()) {
      ByteBuf piece = body.next(context.alloc());
      if (piece == null) {
        if (body.isFinished()) {
          end();
          return;
        }
        break;
      }
      context.write(new DefaultHttpContent(piece));
      wrote = true;
    }
    if (wrote) {
      context.flush();
    }
  }

  private void end() {
    ended = true;
    body.close();
    whenDone.accept(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  /// The client has gone.
  void cancel() {
    if (!ended) {
      ended = true;
      body.close();
    }
  }
}
