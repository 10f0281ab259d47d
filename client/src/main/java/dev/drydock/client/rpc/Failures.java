package dev.drydock.client.rpc;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// From gRPC's failures to the one error language.
final class Failures {
  private static final Metadata.Key<byte[]> STATUS =
      Metadata.Key.of("drydock-status-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private Failures() {}

  static ApiException of(StatusRuntimeException failure) {
    return of(failure.getStatus(), failure.getTrailers(), failure);
  }

  static ApiException of(
      io.grpc.Status status, @Nullable Metadata trailers, @Nullable Throwable cause) {
    byte[] document = trailers == null ? null : trailers.get(STATUS);
    Status told =
        document != null
            ? status(document)
            : Status.failure(reason(status.getCode()), message(status));
    return cause == null ? new ApiException(told) : new ApiException(told, cause);
  }

  private static String message(io.grpc.Status status) {
    String description = status.getDescription() == null ? "" : ": " + status.getDescription();
    Throwable cause = status.getCause();
    String deeper = cause == null ? "" : " (" + cause.getMessage() + ")";
    return switch (status.getCode()) {
      case UNAVAILABLE -> "the api-server cannot be reached" + description + deeper;
      case DEADLINE_EXCEEDED -> "the api-server did not answer in time";
      default -> status.getCode() + description + deeper;
    };
  }

  /// For failures that did not come from the api-server's own logic.
  private static StatusReason reason(io.grpc.Status.Code code) {
    return switch (code) {
      case UNAVAILABLE, CANCELLED, ABORTED -> StatusReason.SERVICE_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> StatusReason.TIMEOUT;
      case UNAUTHENTICATED -> StatusReason.UNAUTHORIZED;
      case PERMISSION_DENIED -> StatusReason.FORBIDDEN;
      case NOT_FOUND -> StatusReason.NOT_FOUND;
      case ALREADY_EXISTS -> StatusReason.ALREADY_EXISTS;
      case INVALID_ARGUMENT -> StatusReason.BAD_REQUEST;
      case RESOURCE_EXHAUSTED -> StatusReason.TOO_MANY_REQUESTS;
      case UNIMPLEMENTED -> StatusReason.METHOD_NOT_ALLOWED;
      case OK, UNKNOWN, FAILED_PRECONDITION, OUT_OF_RANGE, INTERNAL, DATA_LOSS ->
          StatusReason.INTERNAL_ERROR;
    };
  }

  /// Reads a `Status` document.
  static Status status(byte[] json) {
    JsonNode tree = TreeCodec.read(json);
    StatusReason reason = StatusReason.ofText(tree.path("reason").asString(""));
    return new Status(
        reason,
        tree.path("code").asInt(reason.code()),
        tree.path("message").asString(""),
        details(tree.path("details")));
  }

  private static Status.Details details(JsonNode details) {
    List<FieldError> causes = new ArrayList<>();
    for (JsonNode cause : details.path("causes")) {
      causes.add(
          new FieldError(
              type(cause.path("reason").asString("")),
              cause.path("field").asString(""),
              cause.path("message").asString("")));
    }
    return new Status.Details(
        details.path("name").asString(""),
        details.path("group").asString(""),
        details.path("kind").asString(""),
        causes,
        details.path("retryAfterSeconds").asInt(0));
  }

  private static FieldError.Type type(String cause) {
    for (FieldError.Type type : FieldError.Type.values()) {
      if (type.cause().equals(cause)) {
        return type;
      }
    }
    return FieldError.Type.INTERNAL;
  }
}
