package dev.drydock.client.rpc;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// The threads that move bytes for all gRPC connections of a process.
public final class EventLoops implements AutoCloseable {
  private final EventLoopGroup group;

  /// @param threads one is enough for a component
  public EventLoops(int threads) {
    ThreadFactory factory = Thread.ofPlatform().name("grpc-io-", 0).daemon().factory();
    this.group = new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory());
  }

  /// For builders of channels and servers.
  public EventLoopGroup group() {
    return group;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
