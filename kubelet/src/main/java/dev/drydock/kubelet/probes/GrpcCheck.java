package dev.drydock.kubelet.probes;

import dev.drydock.api.time.GoDuration;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.probes.Check.Answer;
import dev.drydock.kubelet.program.grpc.Codes;
import dev.drydock.kubelet.program.grpc.Health;
import dev.drydock.kubelet.program.grpc.HealthCall;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Asks a server's health service how it is, and words the answer as the kubelet does.
///
/// Source: `pkg/probe/grpc`. The real client goes on dialling until the time is over where this
/// one gives up at once; they say the same.
final class GrpcCheck {
  private final Endpoint endpoint;
  private final Duration timeout;
  private final HealthCall call;

  /// @param service empty: the server as a whole
  GrpcCheck(Endpoint endpoint, String agent, String service, Duration timeout) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.call = new HealthCall(endpoint.toString(), agent, service);
  }

  Answer ask(Connection connection) throws IOException {
    return switch (call.send(connection)) {
      case Health.Answer.Status(Health.Serving serving) ->
          serving == Health.Serving.SERVING
              ? Answer.good()
              : Answer.bad("service unhealthy (responded with \"" + serving + "\")");
      case Health.Answer.Failed(int code, String message) ->
          Answer.bad(
              code == Codes.UNIMPLEMENTED
                  ? "error: this server does not implement the grpc health protocol"
                      + " (grpc.health.v1.Health): "
                      + message
                  : rpcError(Codes.name(code), message));
    };
  }

  /// There was no answer.
  Answer failed(IOException failure) {
    String time = GoDuration.format(timeout);
    if (call.progress() == HealthCall.Progress.NONE) {
      return Answer.bad(
          "timeout: failed to connect service \""
              + endpoint
              + "\" within "
              + time
              + ": context deadline exceeded");
    }
    return Answer.bad(
        failure instanceof SocketTimeoutException
            ? "timeout: health rpc did not complete within " + time
            : rpcError("Unavailable", String.valueOf(failure.getMessage())));
  }

  private static String rpcError(String code, String message) {
    return "error: health rpc probe failed: rpc error: code = " + code + " desc = " + message;
  }
}
