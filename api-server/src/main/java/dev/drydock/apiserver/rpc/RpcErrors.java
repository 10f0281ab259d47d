package dev.drydock.apiserver.rpc;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.StatusJson;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// `Status` → gRPC: the code for gRPC's sake, the whole object in a trailer.
final class RpcErrors {
  private static final Metadata.Key<byte[]> STATUS =
      Metadata.Key.of("drydock-status-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private RpcErrors() {}

  static StatusRuntimeException of(ApiException failure) {
    var trailers = new Metadata();
    trailers.put(STATUS, StatusJson.of(failure.status()).array());
    return code(failure.reason())
        .withDescription(failure.getMessage())
        .asRuntimeException(trailers);
  }

  private static Status code(StatusReason reason) {
    return switch (reason) {
      case UNKNOWN -> Status.UNKNOWN;
      case UNAUTHORIZED -> Status.UNAUTHENTICATED;
      case FORBIDDEN -> Status.PERMISSION_DENIED;
      case NOT_FOUND -> Status.NOT_FOUND;
      case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
      case CONFLICT -> Status.ABORTED;
      case GONE, EXPIRED -> Status.OUT_OF_RANGE;
      case INVALID, BAD_REQUEST, NOT_ACCEPTABLE, REQUEST_ENTITY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE ->
          Status.INVALID_ARGUMENT;
      case METHOD_NOT_ALLOWED -> Status.UNIMPLEMENTED;
      case TOO_MANY_REQUESTS -> Status.RESOURCE_EXHAUSTED;
      case TIMEOUT -> Status.DEADLINE_EXCEEDED;
      case INTERNAL_ERROR -> Status.INTERNAL;
      case SERVER_TIMEOUT, SERVICE_UNAVAILABLE -> Status.UNAVAILABLE;
    };
  }
}
