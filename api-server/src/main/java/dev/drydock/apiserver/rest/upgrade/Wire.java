package dev.drydock.apiserver.rest.upgrade;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection as blocking code uses it: takes what the handlers before it decode, and sends what
/// they can encode. Reading stops while nobody takes, sending waits while the client takes nothing.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class Wire extends ChannelInboundHandlerAdapter {
  private static final int MOST_WAITING = 32;

  private enum Mark {
    END
  }

  private final Channel channel;
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean gone;

  Wire(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (gone) {
      ReferenceCountUtil.release(message);
      return;
    }
    arrived.add(message);
    if (arrived.size() >= MOST_WAITING) {
      channel.config().setAutoRead(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone = true;
    arrived.add(Mark.END);
    signal();
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    signal();
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next message, which the caller releases.
  ///
  /// @return null: the client has gone
  @Nullable Object receive() throws InterruptedException {
    Object message = arrived.take();
    if (message instanceof Mark) {
      arrived.add(Mark.END);
      return null;
    }
    if (arrived.size() <= MOST_WAITING / 2 && !channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
    return message;
  }

  /// @throws IOException when the client has gone
  void send(Object message) throws IOException {
    lock.lock();
    try {
      while (!gone && !channel.isWritable()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      ReferenceCountUtil.release(message);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      lock.unlock();
    }
    if (gone) {
      ReferenceCountUtil.release(message);
      throw new IOException("the client has gone");
    }
    channel.writeAndFlush(message);
  }

  /// Sends a last message, then closes.
  void close(Object farewell) {
    channel.writeAndFlush(farewell).addListener(io.netty.channel.ChannelFutureListener.CLOSE);
  }

  void close() {
    channel.close();
  }

  /// Lets go of what nobody takes any more.
  void drain() {
    gone = true;
    for (Object left = arrived.poll(); left != null; left = arrived.poll()) {
      if (!(left instanceof Mark)) {
        ReferenceCountUtil.release(left);
      }
    }
    arrived.add(Mark.END);
  }
}
