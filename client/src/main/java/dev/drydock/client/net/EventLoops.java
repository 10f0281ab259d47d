package dev.drydock.client.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// The threads that move bytes for all connections of a process, and the kinds of channels that
/// they can serve: Linux's epoll directly where Netty's library for it can be loaded, else NIO.
public final class EventLoops implements AutoCloseable {
  private static final boolean EPOLL = Epoll.isAvailable();

  private final EventLoopGroup group;

  /// @param threads one is enough for a component
  public EventLoops(int threads) {
    ThreadFactory factory = Thread.ofPlatform().name("io-", 0).daemon().factory();
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads, factory, EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /// For builders of channels and servers.
  public EventLoopGroup group() {
    return group;
  }

  /// What these threads serve as a client's end.
  public Class<? extends SocketChannel> clientChannel() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /// What these threads serve as a port that listens.
  public Class<? extends ServerSocketChannel> serverChannel() {
    return EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
