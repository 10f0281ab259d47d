package dev.drydock.apiserver.storage.etcd;

import com.google.common.util.concurrent.ListenableFuture;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.tls.Pem;
import dev.drydock.client.net.Authorities;
import dev.drydock.client.net.ChannelTls;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.net.OwnKey;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The channel to etcd, and how calls on it wait and fail.
final class EtcdConnection implements AutoCloseable {
  private static final Metadata.Key<String> REQUIRE_LEADER =
      Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final Duration timeout;
  private final KVGrpc.KVFutureStub kv;
  private final LeaseGrpc.LeaseFutureStub lease;

  EtcdConnection(EtcdSettings settings, EventLoops loops) {
    this.timeout = settings.requestTimeout();
    SslContext tls = tls(settings);
    NettyChannelBuilder builder = NettyChannelBuilder.forTarget(target(settings));
    this.channel =
        (tls == null ? builder.usePlaintext() : builder.sslContext(tls))
            .eventLoopGroup(loops.group())
            .channelType(loops.clientChannel())
            .directExecutor()
            // What gRPC keeps of each call, to be able to send it again, is a twelfth of a write.
            .disableRetry()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .flowControlWindow(4 << 20)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .build();
    this.kv = KVGrpc.newFutureStub(channel).withWaitForReady();
    this.lease = LeaseGrpc.newFutureStub(channel).withWaitForReady();
  }

  private static String target(EtcdSettings settings) {
    return EtcdNameResolverProvider.SCHEME
        + ":///"
        + settings.endpoints().stream()
            .map(endpoint -> endpoint.getHost() + ":" + endpoint.getPort())
            .collect(Collectors.joining(","));
  }

  private static @Nullable SslContext tls(EtcdSettings settings) {
    EtcdSettings.EtcdTls tls = settings.tls();
    if (tls == null || !settings.endpoints().getFirst().getScheme().equals("https")) {
      return null;
    }
    OwnKey own =
        tls.clientCertificate() == null || tls.clientKey() == null
            ? null
            : new OwnKey(
                Pem.certificates(tls.clientCertificate()), Pem.privateKey(tls.clientKey()));
    return ChannelTls.client(
        own,
        Authorities.trusting(Pem.certificates(tls.authority())),
        ApplicationProtocolNames.HTTP_2);
  }

  KVGrpc.KVFutureStub kv() {
    return kv(timeout);
  }

  KVGrpc.KVFutureStub kv(Duration within) {
    return kv.withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  LeaseGrpc.LeaseFutureStub lease() {
    return lease(timeout);
  }

  LeaseGrpc.LeaseFutureStub lease(Duration within) {
    return lease.withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  LeaseGrpc.LeaseBlockingV2Stub leaseStream(Duration within) {
    return LeaseGrpc.newBlockingV2Stub(channel)
        .withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// A new call, without a deadline: a watch lasts. Its listener is called by the event loop.
  ClientCall<WatchRequest, WatchResponse> watch() {
    return channel.newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT.withWaitForReady());
  }

  /// Headers with which a member that has lost its leader ends a call rather than be silent.
  static Metadata requireLeader() {
    Metadata headers = new Metadata();
    headers.put(REQUIRE_LEADER, "true");
    return headers;
  }

  /// Waits for an answer that changes nothing in etcd: asked again, once, when the connection
  /// broke.
  <R> R read(Supplier<ListenableFuture<R>> call) {
    try {
      return waitFor(call.get());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      return waitFor(call.get());
    }
  }

  /// @throws StatusRuntimeException as etcd answered
  <R> R waitFor(ListenableFuture<R> call) {
    try {
      return call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new StorageException.Unavailable("interrupted while waiting for etcd");
    }
  }

  static StorageException.Unavailable unavailable(StatusRuntimeException e) {
    return unavailable(e.getStatus());
  }

  static StorageException.Unavailable unavailable(Status status) {
    String detail = status.getDescription();
    return new StorageException.Unavailable(
        "etcd: " + status.getCode() + (detail == null ? "" : ": " + detail));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
