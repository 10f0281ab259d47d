package dev.drydock.apiserver.rpc;

import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ServedTypes;
import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.net.ChannelTls;
import dev.drydock.client.net.EventLoops;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// The gRPC port. Clients must show a certificate.
public final class RpcServer implements Component {
  private static final int MAX_MESSAGE = 16 << 20;
  private static final int WINDOW = 1 << 20;

  private final InetSocketAddress address;
  private final ResourceRpc resources;
  private final Server server;

  /// What the services rest on.
  ///
  /// @param elsewhere the discovery document of what other servers serve
  public record Backend(
      ApiService service,
      ServedTypes types,
      Supplier<ObjectNode> elsewhere,
      Pipeline pipeline,
      Ledger ledger) {}

  /// What all calls share.
  public record Means(
      EventLoops loops, Executor workers, InstantSource clock, RandomGenerator random) {}

  public RpcServer(InetSocketAddress address, TlsMaterial material, Backend backend, Means means) {
    this.address = address;
    RandomGenerator random = means.random();
    var requests =
        new Requests(
            backend.types(),
            means.clock(),
            () -> new UUID(random.nextLong(), random.nextLong()).toString());
    resources =
        new ResourceRpc(
            backend.service(), backend.elsewhere(), backend.pipeline(), requests, means.workers());
    server =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(means.loops().group())
            .workerEventLoopGroup(means.loops().group())
            .channelType(means.loops().serverChannel())
            .withChildOption(ChannelOption.TCP_NODELAY, true)
            .executor(means.workers())
            .sslContext(tls(material))
            .maxInboundMessageSize(MAX_MESSAGE)
            .flowControlWindow(WINDOW)
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .intercept(new CallInfo.Interceptor())
            .addService(resources)
            .addService(
                new LedgerRpc(backend.ledger(), backend.pipeline(), requests, means.workers()))
            .build();
  }

  private static SslContext tls(TlsMaterial material) {
    return ChannelTls.server(
        material.own(), material.anybody(), ClientAuth.REQUIRE, ApplicationProtocolNames.HTTP_2);
  }

  /// @throws UncheckedIOException when the port is taken
  @Override
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("cannot listen on " + address + ": " + e.getMessage(), e));
    }
  }

  /// The port it listens on.
  public int port() {
    return server.getPort();
  }

  /// How many watches run.
  public int watchCount() {
    return resources.watchCount();
  }

  @Override
  public void close() {
    server.shutdown();
    resources.endWatches();
    try {
      if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
