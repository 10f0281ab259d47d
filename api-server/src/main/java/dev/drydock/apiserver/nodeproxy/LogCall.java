package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.proto.LogsChunk;
import dev.drydock.proto.LogsRequest;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One log that is being read from a kubelet, chunk by chunk on request.
final class LogCall implements ClientResponseObserver<LogsRequest, LogsChunk>, PodLogs.Stream {
  /// The log of a pod that runs nowhere yet.
  static final PodLogs.Stream NONE =
      new PodLogs.Stream() {
        @Override
        public void request() {
          // There is nothing.
        }

        @Override
        public void close() {
          // There is nothing.
        }
      };

  private final PodLogs.Sink sink;
  private final InetSocketAddress kubelet;
  private final String path;
  private final AtomicReference<@Nullable ClientCallStreamObserver<LogsRequest>> stream =
      new AtomicReference<>();

  LogCall(PodLogs.Sink sink, InetSocketAddress kubelet, String path) {
    this.sink = sink;
    this.kubelet = kubelet;
    this.path = path;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<LogsRequest> call) {
    call.disableAutoRequestWithInitial(0);
    stream.set(call);
  }

  @Override
  public void onNext(LogsChunk chunk) {
    sink.data(chunk.getData().toByteArray());
  }

  @Override
  public void onError(Throwable problem) {
    sink.ended(failure(Status.fromThrowable(problem)));
  }

  @Override
  public void onCompleted() {
    sink.ended(null);
  }

  @Override
  public void request() {
    ClientCallStreamObserver<LogsRequest> call = stream.get();
    if (call != null) {
      call.request(1);
    }
  }

  @Override
  public void close() {
    ClientCallStreamObserver<LogsRequest> call = stream.get();
    if (call != null) {
      call.cancel("the reader has gone", null);
    }
  }

  private ApiException failure(Status status) {
    String text = status.getDescription() == null ? "" : status.getDescription();
    return switch (status.getCode()) {
      case NOT_FOUND -> ApiException.of(StatusReason.NOT_FOUND, text);
      case INVALID_ARGUMENT, FAILED_PRECONDITION -> ApiException.badRequest(text);
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          ApiException.internalError("the kubelet refused the api-server: " + text);
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          ApiException.of(
              StatusReason.INTERNAL_ERROR,
              "Get \"https://"
                  + address()
                  + "/containerLogs/"
                  + path
                  + "\": dial tcp "
                  + address()
                  + ": connect: connection refused");
      case OK,
          CANCELLED,
          UNKNOWN,
          ALREADY_EXISTS,
          RESOURCE_EXHAUSTED,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS ->
          ApiException.internalError(text.isEmpty() ? status.getCode().toString() : text);
    };
  }

  private String address() {
    return kubelet.getHostString() + ":" + kubelet.getPort();
  }
}
