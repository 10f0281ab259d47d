package dev.drydock.apiserver.nodeproxy;

import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.lifecycle.Component;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One connection per kubelet, made when first needed, with the api-server's own certificate.
public final class NodeConnections implements Component {
  private final ConcurrentMap<InetSocketAddress, ManagedChannel> channels =
      new ConcurrentHashMap<>();
  private final @Nullable TlsMaterial material;
  private final EventLoopGroup loops;
  private final Executor workers;

  /// @param material null: plain text; without authorities: kubelets are not verified
  public NodeConnections(@Nullable TlsMaterial material, EventLoopGroup loops, Executor workers) {
    this.material = material;
    this.loops = loops;
    this.workers = workers;
  }

  @Override
  public void start() {
    // Connections are made when they are needed.
  }

  ManagedChannel to(InetSocketAddress kubelet) {
    return channels.computeIfAbsent(kubelet, this::connect);
  }

  private ManagedChannel connect(InetSocketAddress kubelet) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(kubelet)
            .eventLoopGroup(loops)
            .channelType(NioSocketChannel.class)
            .executor(workers)
            .maxInboundMessageSize(16 << 20);
    TlsMaterial own = material;
    return (own == null ? builder.usePlaintext() : builder.sslContext(tls(own))).build();
  }

  private static SslContext tls(TlsMaterial material) {
    try {
      SslContextBuilder builder =
          GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
              .keyManager(material.key(), material.chain());
      return material.authorities().isEmpty()
          ? builder
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null)
              .build()
          : builder.trustManager(material.authorities()).build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "cannot use the kubelet client certificate: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
