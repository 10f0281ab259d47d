package dev.drydock.api.status;

import dev.drydock.api.meta.ResourceType;
import java.time.Duration;
import java.util.List;

/// A failed answer of the API: Kubernetes' `meta/v1.Status` with status `Failure`.
///
/// @param code HTTP status code; usually the reason's own
/// @param message for people
/// @param details what it is about; [Details#NONE] where nothing is known
/// @param continueToken with which a list that failed can go on nevertheless; usually empty
public record Status(
    StatusReason reason, int code, String message, Details details, String continueToken) {

  /// Without a continue token.
  public Status(StatusReason reason, int code, String message, Details details) {
    this(reason, code, message, details, "");
  }

  /// What a failure is about.
  ///
  /// @param name of the object, or empty
  /// @param group of its type, or empty
  /// @param kind of the object; Kubernetes puts the resource's plural name here, except for
  ///     `Invalid`, where it is the kind
  /// @param causes one for each offending field
  /// @param retryAfterSeconds 0: no advice
  public record Details(
      String name, String group, String kind, List<FieldError> causes, int retryAfterSeconds) {
    public static final Details NONE = new Details("", "", "", List.of(), 0);

    public Details {
      causes = List.copyOf(causes);
    }
  }

  public static Status failure(StatusReason reason, String message) {
    return new Status(reason, reason.code(), message, Details.NONE);
  }

  static Status invalid(ResourceType type, String name, List<FieldError> errors) {
    List<String> texts = errors.stream().map(FieldError::toString).distinct().toList();
    String list = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    return new Status(
        StatusReason.INVALID,
        StatusReason.INVALID.code(),
        kind + " \"" + name + "\" is invalid: " + list,
        new Details(name, type.group(), type.kind(), errors, 0));
  }

  Status about(ResourceType type, String name) {
    return new Status(
        reason,
        code,
        message,
        new Details(
            name, type.group(), type.resource(), details.causes(), details.retryAfterSeconds()));
  }

  Status retryAfter(Duration wait) {
    return new Status(
        reason,
        code,
        message,
        new Details(
            details.name(),
            details.group(),
            details.kind(),
            details.causes(),
            Math.toIntExact(Math.max(1, wait.toSeconds()))));
  }
}
