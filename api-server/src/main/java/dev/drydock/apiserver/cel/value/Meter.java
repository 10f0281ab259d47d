package dev.drydock.apiserver.cel.value;

/// Counts what one evaluation costs, and ends it when that is too much. Used by one thread.
public final class Meter {
  private final long limit;
  private long spent;

  public Meter(long limit) {
    this.limit = limit;
  }

  /// @throws CelEvaluationException when the limit is passed
  public void spend(long cost) {
    spent += cost;
    if (spent > limit) {
      throw new CelEvaluationException(
          CelEvaluationException.Reason.CALL_LIMIT,
          "operation cancelled: actual cost limit exceeded");
    }
  }

  public long spent() {
    return spent;
  }
}
