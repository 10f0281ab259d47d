package dev.drydock.kubelet.kernel.rpc;

import dev.drydock.client.net.EventLoops;
import dev.drydock.kubelet.kernel.Tunnels;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.proto.TunnelFrame;
import dev.drydock.proto.TunnelOpen;
import dev.drydock.proto.TunnelServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Tunnels over gRPC: one channel for each kubelet that we ever called.
public final class TunnelClient implements Tunnels, AutoCloseable {
  private final SslContext ssl;
  private final EventLoops loops;
  private final Map<Endpoint, ManagedChannel> channels = new ConcurrentHashMap<>();

  /// @param ssl with the identity of this kubelet
  public TunnelClient(SslContext ssl, EventLoops loops) {
    this.ssl = ssl;
    this.loops = loops;
  }

  private ManagedChannel channel(Endpoint kubelet) {
    return channels.computeIfAbsent(
        kubelet,
        to ->
            NettyChannelBuilder.forAddress(new InetSocketAddress(to.host(), to.port()))
                .overrideAuthority(to.toString())
                .sslContext(ssl)
                .eventLoopGroup(loops.group())
                .channelType(loops.clientChannel())
                .directExecutor()
                .disableRetry()
                .idleTimeout(5, TimeUnit.MINUTES)
                .build());
  }

  @Override
  public Connection connect(Endpoint kubelet, Flow flow, Duration timeout) throws IOException {
    var call = new Outgoing(flow);
    ManagedChannel channel = channel(kubelet);
    channel.resetConnectBackoff();
    TunnelServiceGrpc.newStub(channel).connect(call).onNext(open(flow));
    try {
      return call.accepted.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw exception(Status.fromThrowable(failure.getCause()));
    } catch (TimeoutException _) {
      call.cancel("timed out");
      throw new SocketTimeoutException("Connection timed out");
    } catch (InterruptedException _) {
      call.cancel("interrupted");
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static TunnelFrame open(Flow flow) {
    return TunnelFrame.newBuilder()
        .setOpen(
            TunnelOpen.newBuilder()
                .setProtocol(flow.protocol().name())
                .setSource(flow.source().host())
                .setSourcePort(flow.source().port())
                .setDestination(flow.pod().host())
                .setDestinationPort(flow.pod().port())
                .setDialled(flow.dialled().host())
                .setDialledPort(flow.dialled().port()))
        .build();
  }

  private static IOException exception(Status status) {
    return switch (status.getCode()) {
      case FAILED_PRECONDITION -> new ConnectException("Connection refused");
      case NOT_FOUND, UNAVAILABLE -> new NoRouteToHostException("No route to host");
      default -> new IOException("no tunnel: " + status);
    };
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }

  /// One call.
  private static final class Outgoing implements ClientResponseObserver<TunnelFrame, TunnelFrame> {
    private final Flow flow;
    private final CompletableFuture<Connection> accepted = new CompletableFuture<>();
    private volatile @Nullable ClientCallStreamObserver<TunnelFrame> out;
    private volatile @Nullable TunnelEnd end;

    Outgoing(Flow flow) {
      this.flow = flow;
    }

    void cancel(String why) {
      ClientCallStreamObserver<TunnelFrame> call = out;
      if (call != null) {
        call.cancel(why, null);
      }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<TunnelFrame> requests) {
      out = requests;
      end = new TunnelEnd(flow.source(), flow.dialled(), requests);
      requests.disableAutoRequestWithInitial(1);
      requests.setOnReadyHandler(this::ready);
    }

    private void ready() {
      TunnelEnd present = end;
      if (present != null) {
        present.ready();
      }
    }

    @Override
    public void onNext(TunnelFrame frame) {
      TunnelEnd present = end;
      ClientCallStreamObserver<TunnelFrame> call = out;
      if (present == null || call == null) {
        return;
      }
      switch (frame.getFrameCase()) {
        case OPEN -> {
          call.request(TunnelEnd.AHEAD);
          accepted.complete(present);
        }
        case DATA -> present.arrived(frame.getData());
        case FRAME_NOT_SET -> call.cancel("empty frame", null);
      }
    }

    @Override
    public void onError(Throwable failure) {
      accepted.completeExceptionally(failure);
      onCompleted();
    }

    @Override
    public void onCompleted() {
      TunnelEnd present = end;
      if (present != null) {
        present.peerGone();
      }
    }
  }
}
