package dev.drydock.apiserver.cel;

import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.CelEvaluationException.Reason;
import dev.drydock.apiserver.cel.value.Meter;

/// What the expressions of one request may cost together. Used by one thread.
public final class CelBudget {
  /// Of one evaluation.
  public static final long PER_CALL = 1_000_000;

  /// Of all rules of a custom resource for one object, and of one admission policy.
  public static final long PER_OBJECT = 10_000_000;

  /// Of the match conditions of one webhook or policy.
  public static final long MATCH_CONDITIONS = 2_500_000;

  private long remaining;

  public CelBudget(long total) {
    this.remaining = total;
  }

  public long remaining() {
    return remaining;
  }

  /// Takes the cost of an evaluation.
  ///
  /// @throws CelEvaluationException when nothing is left
  void charge(Meter meter) {
    remaining -= meter.spent();
    if (remaining < 0) {
      throw new CelEvaluationException(
          Reason.BUDGET,
          "validation failed due to running out of cost budget, no further validation rules"
              + " will be run");
    }
  }
}
