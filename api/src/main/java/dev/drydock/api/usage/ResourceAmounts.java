package dev.drydock.api.usage;

import dev.drydock.api.quantity.Quantity;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Amounts by the name of the resource, as in `requests`, `hard` and `used`.
public record ResourceAmounts(Map<String, Quantity> byName) {
  public static final ResourceAmounts NONE = new ResourceAmounts(Map.of());

  public ResourceAmounts {
    byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /// From a map of quantities; what is no quantity is left out.
  public static ResourceAmounts of(@Nullable JsonNode tree) {
    if (tree == null || tree.isEmpty()) {
      return NONE;
    }
    var amounts = new TreeMap<String, Quantity>();
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      try {
        amounts.put(entry.getKey(), Quantity.parse(entry.getValue().asString("")));
      } catch (IllegalArgumentException _) {
        // Validation has refused it or will.
      }
    }
    return new ResourceAmounts(amounts);
  }

  public @Nullable Quantity get(String name) {
    return byName.get(name);
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  public ResourceAmounts plus(ResourceAmounts other) {
    return merged(other, Quantity::add);
  }

  /// For each resource of either, the greater amount.
  public ResourceAmounts greater(ResourceAmounts other) {
    return merged(other, (one, two) -> one.compareTo(two) >= 0 ? one : two);
  }

  private ResourceAmounts merged(ResourceAmounts other, BinaryOperator<Quantity> how) {
    if (other.isEmpty()) {
      return this;
    }
    var sum = new TreeMap<>(byName);
    other.byName.forEach((name, amount) -> sum.merge(name, amount, how));
    return new ResourceAmounts(sum);
  }

  /// What is more here than there; never below zero.
  public ResourceAmounts minus(ResourceAmounts other) {
    var rest = new TreeMap<String, Quantity>();
    byName.forEach(
        (name, amount) -> {
          Quantity less = other.get(name);
          Quantity left = less == null ? amount : amount.subtract(less);
          rest.put(name, left.signum() < 0 ? Quantity.ZERO : left);
        });
    return new ResourceAmounts(rest);
  }

  public ResourceAmounts only(Collection<String> names) {
    var some = new TreeMap<>(byName);
    some.keySet().retainAll(names);
    return new ResourceAmounts(some);
  }

  public ResourceAmounts withoutZeros() {
    var some = new TreeMap<>(byName);
    some.values().removeIf(Quantity::isZero);
    return new ResourceAmounts(some);
  }

  /// The names of what is more here than there, among what there is there.
  public Set<String> exceeding(ResourceAmounts limits) {
    return byName.entrySet().stream()
        .filter(entry -> isMore(entry.getValue(), limits.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isMore(Quantity amount, @Nullable Quantity limit) {
    return limit != null && amount.compareTo(limit) > 0;
  }

  /// Writes the amounts into the field, in place of what was there.
  public void writeTo(ObjectNode parent, String field) {
    ObjectNode tree = parent.putObject(field);
    byName.forEach((name, amount) -> tree.put(name, amount.toString()));
  }

  /// `cpu=1,memory=2Gi`, as in refusals.
  @Override
  public String toString() {
    return byName.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
