package dev.drydock.api.status;

import dev.drydock.api.meta.ResourceType;
import java.time.Duration;
import java.util.List;

/// Everything the API can answer that is not success. Carries a [Status]; ask it for its reason,
/// never for its text.
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Status status;

  public ApiException(Status status) {
    super(status.message());
    this.status = status;
  }

  public ApiException(Status status, Throwable cause) {
    super(status.message(), cause);
    this.status = status;
  }

  public Status status() {
    return status;
  }

  public StatusReason reason() {
    return status.reason();
  }

  /// `true` when the answer was that there is no such object.
  public boolean isNotFound() {
    return reason() == StatusReason.NOT_FOUND;
  }

  /// `true` when the object changed in between, or a precondition did not hold.
  public boolean isConflict() {
    return reason() == StatusReason.CONFLICT;
  }

  /// `true` when a patch was meant for another object of that name, whose uid it gives.
  public boolean isForAnother() {
    return reason() == StatusReason.INVALID
        && status.details().causes().stream()
            .anyMatch(cause -> cause.field().equals("metadata.uid"));
  }

  public boolean isAlreadyExists() {
    return reason() == StatusReason.ALREADY_EXISTS;
  }

  /// `true` when the wanted revision is no longer kept: list again.
  public boolean isExpired() {
    return reason() == StatusReason.EXPIRED || reason() == StatusReason.GONE;
  }

  public static ApiException of(StatusReason reason, String message) {
    return new ApiException(Status.failure(reason, message));
  }

  public static ApiException badRequest(String message) {
    return of(StatusReason.BAD_REQUEST, message);
  }

  public static ApiException internalError(String message) {
    return of(StatusReason.INTERNAL_ERROR, "Internal error occurred: " + message);
  }

  public static ApiException expired(String message) {
    return of(StatusReason.EXPIRED, message);
  }

  public static ApiException notFound(ResourceType type, String name) {
    return new ApiException(
        Status.failure(
                StatusReason.NOT_FOUND, type.qualifiedResource() + " \"" + name + "\" not found")
            .about(type, name));
  }

  public static ApiException alreadyExists(ResourceType type, String name) {
    return new ApiException(
        Status.failure(
                StatusReason.ALREADY_EXISTS,
                type.qualifiedResource() + " \"" + name + "\" already exists")
            .about(type, name));
  }

  /// Every name was taken that the server thought of.
  public static ApiException noNameGenerated(ResourceType type, String last) {
    return new ApiException(
        Status.failure(
                StatusReason.ALREADY_EXISTS,
                type.qualifiedResource()
                    + " \""
                    + last
                    + "\" already exists, the server was not able to generate a unique name for the"
                    + " object")
            .about(type, last)
            .retryAfter(Duration.ofSeconds(1)));
  }

  public static ApiException conflict(ResourceType type, String name, String detail) {
    return new ApiException(
        Status.failure(
                StatusReason.CONFLICT,
                "Operation cannot be fulfilled on "
                    + type.qualifiedResource()
                    + " \""
                    + name
                    + "\": "
                    + detail)
            .about(type, name));
  }

  /// The object was changed since the caller read it.
  public static ApiException modifiedMeanwhile(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static ApiException forbidden(ResourceType type, String name, String detail) {
    return new ApiException(
        Status.failure(
                StatusReason.FORBIDDEN,
                type.qualifiedResource()
                    + (name.isEmpty() ? "" : " \"" + name + "\"")
                    + " is forbidden: "
                    + detail)
            .about(type, name));
  }

  /// @param errors at least one
  public static ApiException invalid(ResourceType type, String name, List<FieldError> errors) {
    return new ApiException(Status.invalid(type, name, errors));
  }

  public static ApiException tooManyRequests(String message, Duration retryAfter) {
    return new ApiException(
        Status.failure(StatusReason.TOO_MANY_REQUESTS, message).retryAfter(retryAfter));
  }
}
