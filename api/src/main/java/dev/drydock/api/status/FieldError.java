package dev.drydock.api.status;

/// One cause of an `Invalid` status.
///
/// @param type machine-readable: `FieldValueRequired`, `FieldValueInvalid`, …
/// @param field path as Kubernetes writes it: `spec.containers[0].name`
/// @param message the text after the field, as Kubernetes words it: `Required value`
public record FieldError(Type type, String field, String message) {

  /// Source: `CauseType` of Kubernetes' `meta/v1` and the texts of `field.ErrorType`.
  public enum Type {
    NOT_FOUND("FieldValueNotFound", "Not found"),
    REQUIRED("FieldValueRequired", "Required value"),
    DUPLICATE("FieldValueDuplicate", "Duplicate value"),
    INVALID("FieldValueInvalid", "Invalid value"),
    NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
    FORBIDDEN("FieldValueForbidden", "Forbidden"),
    TOO_LONG("FieldValueTooLong", "Too long"),
    TOO_MANY("FieldValueTooMany", "Too many"),
    INTERNAL("InternalError", "Internal error"),
    TYPE_INVALID("FieldValueTypeInvalid", "Invalid value"),
    MANAGER_CONFLICT("FieldManagerConflict", "Conflict"),
    NAMESPACE_TERMINATING("NamespaceTerminating", ""),
    RESOURCE_VERSION_TOO_LARGE("ResourceVersionTooLarge", ""),
    DISRUPTION_BUDGET("DisruptionBudget", "");

    private final String cause;
    private final String words;

    Type(String cause, String words) {
      this.cause = cause;
      this.words = words;
    }

    /// The `reason` of the cause in the `Status`.
    public String cause() {
      return cause;
    }

    public String words() {
      return words;
    }
  }

  public static FieldError required(String field, String detail) {
    return new FieldError(Type.REQUIRED, field, text(Type.REQUIRED, "", detail));
  }

  /// @param value as it appears in the message; strings are quoted, everything else is
  ///     JSON
  public static FieldError invalid(String field, Object value, String detail) {
    return new FieldError(Type.INVALID, field, text(Type.INVALID, quoted(value), detail));
  }

  public static FieldError forbidden(String field, String detail) {
    return new FieldError(Type.FORBIDDEN, field, text(Type.FORBIDDEN, "", detail));
  }

  public static FieldError duplicate(String field, Object value) {
    return new FieldError(Type.DUPLICATE, field, text(Type.DUPLICATE, quoted(value), ""));
  }

  public static FieldError notFound(String field, Object value) {
    return new FieldError(Type.NOT_FOUND, field, text(Type.NOT_FOUND, quoted(value), ""));
  }

  public static FieldError tooLong(String field, int maxLength) {
    return new FieldError(
        Type.TOO_LONG,
        field,
        text(Type.TOO_LONG, "", "may not be more than " + maxLength + " bytes"));
  }

  /// @param supported in the order in which the message lists them
  public static FieldError notSupported(String field, Object value, Iterable<String> supported) {
    var list = new StringBuilder();
    for (String one : supported) {
      list.append(list.isEmpty() ? "" : ", ").append(GoText.quoted(one));
    }
    return new FieldError(
        Type.NOT_SUPPORTED,
        field,
        text(Type.NOT_SUPPORTED, quoted(value), "supported values: " + list));
  }

  private static String quoted(Object value) {
    return value instanceof String text ? GoText.quoted(text) : GoText.json(String.valueOf(value));
  }

  private static String text(Type type, String value, String detail) {
    return type.words()
        + (value.isEmpty() ? "" : ": " + value)
        + (detail.isEmpty() ? "" : ": " + detail);
  }

  /// `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
  @Override
  public String toString() {
    return field + ": " + message;
  }
}
