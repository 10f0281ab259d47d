package dev.drydock.client.rpc;

import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.net.EventLoops;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/// One identity's connection to the api-server, which gRPC keeps alive and makes again when it
/// breaks. With several servers it uses the first that answers.
///
/// Nothing connects before the first call.
public final class ApiConnection implements Component {
  private static final int LARGEST_MESSAGE = 256 * 1024 * 1024;
  private static final int WINDOW = 4 * 1024 * 1024;

  private final ManagedChannel channel;

  private ApiConnection(ManagedChannel channel) {
    this.channel = channel;
  }

  /// @param component names the caller in the ledger: `kube-scheduler`, `kubelet/node-1`
  /// @throws IllegalArgumentException when the certificates cannot be used
  @SuppressWarnings(
      "deprecation") // Of the ways to give addresses, the only one that is not global.
  public static ApiConnection to(Kubeconfig kubeconfig, String component, EventLoops loops) {
    URI first = kubeconfig.servers().getFirst();
    return new ApiConnection(
        NettyChannelBuilder.forTarget("drydock:///" + first.getAuthority())
            .nameResolverFactory(new ServerList(kubeconfig.servers()))
            .sslContext(sslContext(kubeconfig))
            .eventLoopGroup(loops.group())
            .channelType(loops.clientChannel())
            .directExecutor()
            .userAgent(component)
            .disableRetry()
            .disableServiceConfigLookUp()
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .flowControlWindow(WINDOW)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .build());
  }

  /// TLS as this kubeconfig wants it, for a client of gRPC.
  ///
  /// @throws IllegalArgumentException when the certificates cannot be used
  public static SslContext sslContext(Kubeconfig kubeconfig) {
    return Tls.client(kubeconfig);
  }

  /// The channel, for one call. A broken one is told to try again now rather than after gRPC's
  /// own growing delay: who calls has delays of its own.
  Channel channel() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    return channel;
  }

  /// Does nothing: the first call connects.
  @Override
  public void start() {}

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
