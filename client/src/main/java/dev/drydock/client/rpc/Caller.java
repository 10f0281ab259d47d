package dev.drydock.client.rpc;

import dev.drydock.api.status.ApiException;
import dev.drydock.proto.ResourceServiceGrpc;
import dev.drydock.proto.ResourceServiceGrpc.ResourceServiceBlockingStub;
import dev.drydock.proto.WriteOptions;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Makes calls on a connection: deadline, causes, failures.
final class Caller {
  private static final CauseHeader CAUSES = new CauseHeader();

  private final ApiConnection connection;
  private final WriteOptions writeOptions;
  private final Duration patience;

  Caller(ApiConnection connection, String fieldManager, Duration patience) {
    this.connection = connection;
    this.writeOptions = WriteOptions.newBuilder().setFieldManager(fieldManager).build();
    this.patience = patience;
  }

  WriteOptions writeOptions() {
    return writeOptions;
  }

  /// @throws ApiException for every failure
  <A> A call(Function<ResourceServiceBlockingStub, A> request) {
    try {
      return request.apply(
          ResourceServiceGrpc.newBlockingStub(connection.channel())
              .withInterceptors(CAUSES)
              .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (StatusRuntimeException failure) {
      throw Failures.of(failure);
    }
  }

  /// A call that is not started yet and has no deadline.
  <Q, A> ClientCall<Q, A> stream(MethodDescriptor<Q, A> method) {
    return ClientInterceptors.intercept(connection.channel(), CAUSES)
        .newCall(method, CallOptions.DEFAULT);
  }
}
