package dev.drydock.apiserver.cel.value;

/// An expression gave no value. The message is the one that Kubernetes shows.
public final class CelEvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Reason reason;

  /// Why.
  public enum Reason {
    /// A missing key, a division by zero, a bad argument.
    FAILED,
    /// No function for values of these types.
    NO_SUCH_OVERLOAD,
    /// One evaluation cost more than allowed.
    CALL_LIMIT,
    /// All evaluations together cost more than allowed.
    BUDGET
  }

  public CelEvaluationException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public static CelEvaluationException failed(String message) {
    return new CelEvaluationException(Reason.FAILED, message);
  }

  public static CelEvaluationException noSuchKey(Object key) {
    return failed("no such key: " + key);
  }

  public static CelEvaluationException noSuchOverload() {
    return new CelEvaluationException(Reason.NO_SUCH_OVERLOAD, "no such overload");
  }

  public Reason reason() {
    return reason;
  }
}
