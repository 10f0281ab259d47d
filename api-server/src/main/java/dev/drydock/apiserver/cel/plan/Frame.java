package dev.drydock.apiserver.cel.plan;

import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Meter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The variables of one evaluation, and what it cost so far.
public final class Frame {
  private final @Nullable Object[] slots;
  private final Function<String, @Nullable Object> variables;
  private final Meter meter;

  /// @param variables gives the values of declared variables, and null for those without
  public Frame(int slots, Function<String, @Nullable Object> variables, Meter meter) {
    this.slots = new Object[slots];
    this.variables = variables;
    this.meter = meter;
  }

  void spend(long cost) {
    meter.spend(cost);
  }

  Object variable(int slot, String name) {
    Object known = slots[slot];
    if (known != null) {
      return known;
    }
    Object found = variables.apply(name);
    if (found == null) {
      throw CelEvaluationException.failed("no such attribute(s): " + name);
    }
    slots[slot] = found;
    return found;
  }

  /// The value in a slot; fails when a failure was put there.
  Object local(int slot) {
    Object value = slots[slot];
    if (value instanceof CelEvaluationException failure) {
      throw failure;
    }
    if (value == null) {
      throw new IllegalStateException("slot " + slot + " is read before it is written");
    }
    return value;
  }

  void set(int slot, Object value) {
    slots[slot] = value;
  }
}
