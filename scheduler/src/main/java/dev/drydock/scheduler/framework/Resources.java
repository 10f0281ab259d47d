package dev.drydock.scheduler.framework;

import dev.drydock.api.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Amounts of resources.
///
/// @param milliCpu thousandths of a CPU
/// @param memory bytes
/// @param ephemeralStorage bytes
/// @param others extended resources and huge pages by name; none of them zero
public record Resources(
    long milliCpu, long memory, long ephemeralStorage, Map<String, Long> others) {
  public static final Resources NONE = new Resources(0, 0, 0, Map.of());

  private static final String PODS = "pods";

  public Resources {
    others = others.isEmpty() ? Map.of() : Map.copyOf(others);
  }

  /// From `requests` or `allocatable`; the number of pods is left out.
  public static Resources of(
      @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts) {
    if (amounts == null || amounts.isEmpty()) {
      return NONE;
    }
    long milliCpu = 0;
    long memory = 0;
    long storage = 0;
    Map<String, Long> others = Map.of();
    for (var entry : amounts.entrySet()) {
      Quantity amount = Quantity.of(entry.getValue());
      switch (entry.getKey()) {
        case "cpu" -> milliCpu = amount.milliValue();
        case "memory" -> memory = amount.value();
        case "ephemeral-storage" -> storage = amount.value();
        case PODS -> {}
        default -> {
          others = others.isEmpty() ? new HashMap<>() : others;
          if (!amount.isZero()) {
            others.put(entry.getKey(), amount.value());
          }
        }
      }
    }
    return new Resources(milliCpu, memory, storage, others);
  }

  public boolean isNone() {
    return milliCpu == 0 && memory == 0 && ephemeralStorage == 0 && others.isEmpty();
  }

  public Resources plus(Resources more) {
    return combined(more, Long::sum);
  }

  public Resources minus(Resources less) {
    return combined(less, (a, b) -> a - b);
  }

  /// The greater of each.
  public Resources max(Resources other) {
    return combined(other, Math::max);
  }

  private Resources combined(Resources other, LongBinaryOperator operator) {
    return new Resources(
        operator.applyAsLong(milliCpu, other.milliCpu),
        operator.applyAsLong(memory, other.memory),
        operator.applyAsLong(ephemeralStorage, other.ephemeralStorage),
        combinedOthers(other, operator));
  }

  private Map<String, Long> combinedOthers(Resources other, LongBinaryOperator operator) {
    if (other.others.isEmpty()) {
      return others;
    }
    var all = new HashMap<>(others);
    other.others.forEach(
        (name, amount) -> {
          long result = operator.applyAsLong(others.getOrDefault(name, 0L), amount);
          if (result == 0) {
            all.remove(name);
          } else {
            all.put(name, result);
          }
        });
    return all;
  }
}
