package dev.drydock.client.rpc;

import dev.drydock.client.cause.Causes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/// Names the causes of the calling thread in the header `drydock-cause`.
final class CauseHeader implements ClientInterceptor {
  private static final Metadata.Key<String> CAUSE =
      Metadata.Key.of("drydock-cause", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> call = next.newCall(method, options);
    String causes = Causes.header();
    if (causes.isEmpty()) {
      return call;
    }
    return new ForwardingClientCall.SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        headers.put(CAUSE, causes);
        super.start(listener, headers);
      }
    };
  }
}
