package dev.drydock.apiserver.rpc;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.access.RequestHeaders;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What the headers and the connection of a gRPC call say about the caller.
///
/// @param certificate not verified yet
record CallInfo(
    @Nullable X509Certificate certificate,
    String address,
    String userAgent,
    String authorization,
    RequestHeaders headers,
    List<Revision> causes) {
  private static final Context.Key<CallInfo> KEY = Context.key("drydock-call");
  private static final Metadata.Key<String> CAUSE = header("drydock-cause");
  private static final Metadata.Key<String> USER_AGENT = header("user-agent");
  private static final Metadata.Key<String> AUTHORIZATION = header("authorization");

  static CallInfo current() {
    CallInfo info = KEY.get();
    return info == null ? new CallInfo(null, "", "", "", RequestHeaders.NONE, List.of()) : info;
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /// Puts it where [#current] finds it.
  static final class Interceptor implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var info =
          new CallInfo(
              certificate(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
              address(call),
              text(headers, USER_AGENT),
              text(headers, AUTHORIZATION),
              new SentMetadata(headers),
              causes(text(headers, CAUSE)));
      return io.grpc.Contexts.interceptCall(
          Context.current().withValue(KEY, info), call, headers, next);
    }

    private static String address(ServerCall<?, ?> call) {
      return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
              instanceof InetSocketAddress remote
          ? remote.getAddress().getHostAddress()
          : "";
    }
  }

  private static String text(Metadata headers, Metadata.Key<String> key) {
    String value = headers.get(key);
    return value == null ? "" : value;
  }

  private static @Nullable X509Certificate certificate(@Nullable SSLSession session) {
    try {
      return session == null ? null : (X509Certificate) session.getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  /// What can't be read is left out: a cause is a hint, never a reason to fail.
  private static List<Revision> causes(String header) {
    if (header.isEmpty()) {
      return List.of();
    }
    List<Revision> causes = new ArrayList<>();
    for (String part : header.split(",")) {
      String digits = part.trim();
      if (!digits.isEmpty()
          && digits.length() < 19
          && digits.chars().allMatch(Character::isDigit)) {
        causes.add(Revision.of(Long.parseLong(digits)));
      }
    }
    return causes;
  }
}
