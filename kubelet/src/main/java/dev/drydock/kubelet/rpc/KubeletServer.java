package dev.drydock.kubelet.rpc;

import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.rpc.Tls;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Serves gRPC with mutual TLS: a client without a certificate of the cluster's authority does not
/// get in, and each service says whom it listens to.
public final class KubeletServer implements Component {
  private final Server server;

  /// A service and who may call it.
  public record Guarded(BindableService service, Predicate<Peer> callers) {}

  /// The server's own certificate and key, and the authority of its clients: PEM files.
  public record Identity(Path certificate, Path key, Path clientAuthority) {}

  /// @throws UncheckedIOException when the files can't be used
  public KubeletServer(
      InetSocketAddress address, Identity identity, EventLoops loops, List<Guarded> services) {
    try {
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(address)
              .bossEventLoopGroup(loops.group())
              .workerEventLoopGroup(loops.group())
              .channelType(loops.serverChannel())
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .permitKeepAliveWithoutCalls(true)
              .permitKeepAliveTime(5, TimeUnit.SECONDS)
              .sslContext(
                  Tls.server(
                      Files.readString(identity.certificate()),
                      Files.readString(identity.key()),
                      Files.readString(identity.clientAuthority())));
      for (Guarded guarded : services) {
        builder.addService(
            ServerInterceptors.intercept(guarded.service(), new Guard(guarded.callers())));
      }
      this.server = builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException("the kubelet's certificates can't be used", e);
    }
  }

  @Override
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The port it listens on.
  public int port() {
    return server.getPort();
  }

  private record Guard(Predicate<Peer> callers) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Peer peer = peer(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
      if (callers.test(peer)) {
        return next.startCall(call, headers);
      }
      String method = call.getMethodDescriptor().getFullMethodName();
      call.close(
          Status.PERMISSION_DENIED.withDescription(
              "user \"" + peer.name() + "\" may not call " + method),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }

    private static Peer peer(@Nullable SSLSession session) {
      try {
        if (session != null
            && session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
          return Peer.of(certificate.getSubjectX500Principal().getName());
        }
      } catch (SSLPeerUnverifiedException e) {
        return new Peer("", java.util.Set.of());
      }
      return new Peer("", java.util.Set.of());
    }
  }
}
