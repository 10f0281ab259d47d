package dev.drydock.kubeproxy.dataplane.rpc;

import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.rpc.KernelMessages;
import dev.drydock.kubeproxy.dataplane.Dataplane;
import dev.drydock.kubeproxy.rules.RuleSet;
import dev.drydock.proto.KernelServiceGrpc;
import dev.drydock.proto.ReplaceRulesRequest;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The kernel of the own node, inside its kubelet. When that connection breaks, the kubelet may
/// have been started anew without rules: whoever listens is told.
public final class KernelDataplane implements Dataplane, Component {
  private static final int PATIENCE_SECONDS = 10;

  private final String node;
  private final ManagedChannel channel;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// @param target `HOST:PORT` of the kubelet's gRPC
  public KernelDataplane(String node, String target, SslContext ssl, EventLoops loops) {
    this.node = node;
    this.channel =
        NettyChannelBuilder.forTarget(target)
            .overrideAuthority(target)
            .sslContext(ssl)
            .eventLoopGroup(loops.group())
            .channelType(loops.clientChannel())
            .directExecutor()
            .disableRetry()
            .disableServiceConfigLookUp()
            .idleTimeout(365, TimeUnit.DAYS)
            .build();
  }

  @Override
  public Set<Integer> apply(RuleSet rules) {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    try {
      var answer =
          KernelServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .replaceRules(
                  ReplaceRulesRequest.newBuilder()
                      .setNode(node)
                      .setTable(KernelMessages.message(rules.table()))
                      .addAllListenPorts(rules.listenPorts())
                      .build());
      return Set.copyOf(answer.getPortsInUseList());
    } catch (StatusRuntimeException failure) {
      throw new DataplaneException("the node's kernel cannot be told: " + why(failure), failure);
    }
  }

  private static String why(StatusRuntimeException failure) {
    Throwable cause = failure.getStatus().getCause();
    return failure.getStatus().getCode() + (cause == null ? "" : " " + cause.getMessage());
  }

  @Override
  public void onRestart(Runnable listener) {
    listeners.add(listener);
  }

  /// Watches the connection.
  @Override
  public void start() {
    watch(channel.getState(false));
  }

  private void watch(ConnectivityState state) {
    channel.notifyWhenStateChanged(
        state,
        () -> {
          ConnectivityState now = channel.getState(false);
          if (now == ConnectivityState.SHUTDOWN) {
            return;
          }
          if (state == ConnectivityState.READY) {
            Thread.ofVirtual().name("kernel-lost").start(() -> listeners.forEach(Runnable::run));
          }
          watch(now);
        });
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
