package dev.drydock.apiserver.storage.etcd;

import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.tls.Pem;
import dev.drydock.client.net.Authorities;
import dev.drydock.client.net.ChannelTls;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.net.OwnKey;
import dev.drydock.client.time.Ticker;
import dev.drydock.client.time.Timers;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The channel to etcd, and how calls on it wait and fail.
final class EtcdConnection implements AutoCloseable {
  private static final Metadata.Key<String> REQUIRE_LEADER =
      Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);
  private static final CallOptions WAITING = CallOptions.DEFAULT.withWaitForReady();

  private final ManagedChannel channel;
  private final Duration timeout;
  private final CallDeadlines deadlines;

  EtcdConnection(EtcdSettings settings, EventLoops loops, Ticker ticker) {
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
    this.deadlines = new CallDeadlines(on(loops), ticker);
  }

  private static Timers on(EventLoops loops) {
    return (delay, task) -> {
      var future = loops.group().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    };
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

  /// Asks, and waits as long as the settings say.
  ///
  /// @throws StatusRuntimeException as etcd answered; `DEADLINE_EXCEEDED`: not in time
  <Q, R> R ask(MethodDescriptor<Q, R> method, Q question) {
    return ask(method, question, timeout);
  }

  /// Asks, and waits so long.
  <Q, R> R ask(MethodDescriptor<Q, R> method, Q question, Duration within) {
    var call = new EtcdCall<>(newCall(method));
    call.send(question);
    deadlines.add(call, within);
    try {
      return call.await();
    } finally {
      deadlines.remove(call);
    }
  }

  /// Asks what changes nothing in etcd: once more when the connection broke.
  <Q, R> R read(MethodDescriptor<Q, R> method, Q question) {
    try {
      return ask(method, question);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      return ask(method, question);
    }
  }

  /// A new call, without a deadline: a watch lasts. Its listener is called by the event loop.
  ClientCall<WatchRequest, WatchResponse> watch() {
    return newCall(WatchGrpc.getWatchMethod());
  }

  private <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method) {
    return channel.newCall(method, WAITING);
  }

  /// Headers with which a member that has lost its leader ends a call rather than be silent.
  static Metadata requireLeader() {
    Metadata headers = new Metadata();
    headers.put(REQUIRE_LEADER, "true");
    return headers;
  }

  static StorageException.Unavailable unavailable(StatusRuntimeException e) {
    Status status = e.getStatus();
    String detail = status.getDescription();
    return new StorageException.Unavailable(
        "etcd: " + status.getCode() + (detail == null ? "" : ": " + detail));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
