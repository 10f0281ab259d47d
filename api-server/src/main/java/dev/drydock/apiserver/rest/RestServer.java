package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.net.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The HTTPS port.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
public final class RestServer implements Component {
  private static final int BACKLOG = 1024;
  private static final int DRAIN_LOOKS = 100;
  private static final long DRAIN_PAUSE_NANOS = 10_000_000;

  private final InetSocketAddress address;
  private final EventLoops loops;
  private final ServerTls tls;
  private final Shared shared;
  private final RestApi api;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable Channel listening;

  /// What all connections use.
  ///
  /// @param answering how many requests wait for their answer
  record Shared(
      Dispatcher dispatcher,
      Executor workers,
      InstantSource clock,
      DateHeader date,
      LongAdder answering) {}

  public RestServer(
      InetSocketAddress address,
      EventLoops loops,
      TlsMaterial material,
      RestApi api,
      Executor workers,
      InstantSource clock) {
    this.address = address;
    this.loops = loops;
    this.tls = new ServerTls(material);
    this.api = api;
    this.shared =
        new Shared(api.dispatcher(), workers, clock, new DateHeader(clock), new LongAdder());
  }

  /// @throws UncheckedIOException when the port is taken
  @Override
  public void start() {
    var bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(128 * 1024, 256 * 1024))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            tls.context().newHandler(channel.alloc()), new ProtocolChooser(shared));
                  }
                });
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          new IOException("cannot listen on " + address + ": " + bound.cause().getMessage()));
    }
    listening = bound.channel();
  }

  /// The port it listens on.
  public int port() {
    Channel channel = listening;
    return channel == null ? -1 : ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Takes no more connections, ends the watches, lets the rest go.
  @Override
  public void close() {
    Channel channel = listening;
    if (channel == null) {
      return;
    }
    channel.close().awaitUninterruptibly();
    api.endWatches();
    awaitAnswers();
    connections.flush();
    connections.close().awaitUninterruptibly();
  }

  /// Lets what is being answered be answered, for a moment.
  private void awaitAnswers() {
    for (int i = 0; i < DRAIN_LOOKS && shared.answering().sum() > 0; i++) {
      LockSupport.parkNanos(DRAIN_PAUSE_NANOS);
    }
  }
}
