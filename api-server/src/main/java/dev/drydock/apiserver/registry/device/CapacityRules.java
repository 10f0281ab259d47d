package dev.drydock.apiserver.registry.device;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// How much a device has of something, and how much of it a request may take.
///
/// Source: limits and messages of `pkg/apis/resource/validation`.
final class CapacityRules {
  private static final int MOST_OPTIONS = 10;

  private CapacityRules() {}

  /// @param shared whether several requests may have the device
  static void check(Field capacity, boolean shared, Violations found) {
    Field policy = capacity.child("requestPolicy");
    if (!policy.isPresent()) {
      return;
    }
    if (!shared) {
      found.forbidden(policy, "allowMultipleAllocations must be true");
      return;
    }
    Field values = policy.child("validValues");
    Field range = policy.child("validRange");
    if (!values.isEmpty() && range.isPresent()) {
      found.forbidden(
          policy,
          "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\""
              + " at the same time");
      return;
    }
    Field usual = policy.child("default");
    for (Field way : List.of(values, range)) {
      if (way.isEmpty() && !(way == range && range.isPresent())) {
        continue;
      }
      String name = way == values ? "validValues" : "validRange";
      if (!usual.isPresent()) {
        found.required(usual, "required when " + name + " is defined");
      } else if (way == values) {
        checkValues(values, usual, capacity.child("value"), found);
      } else {
        checkRange(range, usual, capacity.child("value"), found);
      }
    }
  }

  private static void checkValues(Field values, Field usual, Field whole, Violations found) {
    List<Field> options = values.items();
    for (int i = 1; i < options.size(); i++) {
      if (amount(options.get(i - 1)).compareTo(amount(options.get(i))) > 0) {
        found.invalid(options.get(i), "values must be sorted in ascending order");
      }
    }
    if (found.atMost(values, MOST_OPTIONS)) {
      var seen = new HashSet<Long>();
      for (Field option : options) {
        if (amount(option).compareTo(amount(whole)) > 0) {
          found.invalid(option, "option is larger than capacity value: " + whole.text());
        }
        if (!seen.add(amount(option).value())) {
          found.duplicate(option);
        }
      }
    }
    if (options.stream().noneMatch(option -> amount(option).compareTo(amount(usual)) == 0)) {
      tell(values, usual, "default value is not valid according to the requestPolicy", found);
    }
  }

  private static void checkRange(Field range, Field usual, Field whole, Violations found) {
    Field least = range.child("min");
    Field most = range.child("max");
    if (!least.isPresent()) {
      found.required(least, "required when validRange is defined");
      return;
    }
    if (isMore(least, whole)) {
      found.invalid(least, "min is larger than capacity value: " + whole.text());
    }
    if (isMore(least, usual)) {
      tell(least, usual, "default is less than min: " + least.text(), found);
    }
    if (most.isPresent()) {
      if (isMore(least, most)) {
        tell(most, least, "min is larger than max: " + most.text(), found);
      }
      if (isMore(most, whole)) {
        found.invalid(most, "max is larger than capacity value: " + whole.text());
      }
      if (isMore(usual, most)) {
        tell(most, usual, "default is more than max: " + most.text(), found);
      }
    }
    Field step = range.child("step");
    if (step.isPresent()) {
      checkStep(step, usual, least, found);
      if (most.isPresent()) {
        checkStep(step, most, least, found);
      }
    }
  }

  private static void checkStep(Field step, Field value, Field least, Violations found) {
    long size = amount(step).value();
    if (size != 0 && (amount(value).value() - amount(least).value()) % size != 0) {
      tell(
          step,
          value,
          "value is not a multiple of a given step ("
              + step.text()
              + ") from ("
              + least.text()
              + ")",
          found);
    }
  }

  private static boolean isMore(Field one, Field other) {
    return amount(one).compareTo(amount(other)) > 0;
  }

  private static Quantity amount(Field quantity) {
    return Quantity.parse(quantity.text());
  }

  private static void tell(Field at, Field value, String problem, Violations found) {
    found.add(FieldError.invalid(at.path(), value.text(), problem));
  }
}
