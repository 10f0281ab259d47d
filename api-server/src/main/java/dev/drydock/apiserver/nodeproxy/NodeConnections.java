package dev.drydock.apiserver.nodeproxy;

import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.net.ChannelTls;
import dev.drydock.client.net.EventLoops;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One connection per kubelet, made when first needed, with the api-server's own certificate.
public final class NodeConnections implements Component {
  private final ConcurrentMap<InetSocketAddress, ManagedChannel> channels =
      new ConcurrentHashMap<>();
  private final @Nullable TlsMaterial material;
  private final EventLoops loops;
  private final Executor workers;

  /// @param material null: plain text; without authorities: kubelets are not verified
  public NodeConnections(@Nullable TlsMaterial material, EventLoops loops, Executor workers) {
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
            .eventLoopGroup(loops.group())
            .channelType(loops.clientChannel())
            .executor(workers)
            .maxInboundMessageSize(16 << 20);
    TlsMaterial own = material;
    return (own == null ? builder.usePlaintext() : builder.sslContext(tls(own))).build();
  }

  private static SslContext tls(TlsMaterial material) {
    return ChannelTls.client(
        material.own(),
        material.authorities().isEmpty() ? null : material.servers(),
        ApplicationProtocolNames.HTTP_2);
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
