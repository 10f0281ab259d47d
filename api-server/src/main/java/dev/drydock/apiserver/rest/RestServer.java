package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.lifecycle.Component;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The HTTPS port.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
public final class RestServer implements Component {
  private static final int BACKLOG = 1024;

  private final InetSocketAddress address;
  private final EventLoopGroup loops;
  private final SslContext tls;
  private final Shared shared;
  private final RestApi api;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable Channel listening;

  /// What all connections use.
  record Shared(Dispatcher dispatcher, Executor workers, InstantSource clock, DateHeader date) {}

  public RestServer(
      InetSocketAddress address,
      EventLoopGroup loops,
      TlsMaterial material,
      RestApi api,
      Executor workers,
      InstantSource clock) {
    this.address = address;
    this.loops = loops;
    this.tls = context(material);
    this.api = api;
    this.shared = new Shared(api.dispatcher(), workers, clock, new DateHeader(clock));
  }

  private static SslContext context(TlsMaterial material) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(material.key(), material.chain())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      ApplicationProtocolNames.HTTP_2,
                      ApplicationProtocolNames.HTTP_1_1));
      if (!material.authorities().isEmpty()) {
        builder.trustManager(material.authorities()).clientAuth(ClientAuth.OPTIONAL);
      }
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("cannot use the certificate: " + e.getMessage(), e);
    }
  }

  /// @throws UncheckedIOException when the port is taken
  @Override
  public void start() {
    var bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
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
                        .addLast(tls.newHandler(channel.alloc()), new ProtocolChooser(shared));
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
    connections.flush();
    connections.close().awaitUninterruptibly();
  }
}
