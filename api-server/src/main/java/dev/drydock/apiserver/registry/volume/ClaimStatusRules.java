package dev.drydock.apiserver.registry.volume;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.ResourceRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What may be written into the status of a claim.
final class ClaimStatusRules {
  private static final List<String> RESIZE_STATUSES =
      List.of(
          "ControllerResizeInProgress",
          "ControllerResizeInfeasible",
          "NodeResizeInProgress",
          "NodeResizeInfeasible",
          "NodeResizePending");

  private ClaimStatusRules() {}

  static void check(Field status, Violations found) {
    for (Field.Entry amount : status.child("capacity").entries()) {
      checkAmount(amount.value(), found);
    }
    // The real path is this one.
    Field place = status.child("allocatedResourceStatus");
    for (Field.Entry entry : status.child("allocatedResourceStatuses").entries()) {
      checkKey(place, entry.key(), found);
      if (!RESIZE_STATUSES.contains(entry.value().text())) {
        found.add(FieldError.notSupported(place.path(), entry.key(), RESIZE_STATUSES));
      }
    }
    Field allocated = status.child("allocatedResources");
    for (Field.Entry amount : allocated.entries()) {
      int before = found.count();
      checkKey(allocated, amount.key(), found);
      if (found.count() == before && checkAmount(amount.value(), found)) {
        ResourceRules.checkAmount("storage", amount.value(), found);
      }
    }
  }

  private static boolean checkAmount(Field amount, Violations found) {
    long value = Quantity.parse(amount.text()).value();
    if (value < 0) {
      found.invalid(amount, value, "must be a valid resource quantity");
    }
    return value >= 0;
  }

  private static void checkKey(Field place, String key, Violations found) {
    List<String> problems = Names.qualified(key);
    problems.forEach(problem -> found.invalid(place, key, problem));
    boolean own = key.contains("/") && !key.contains("kubernetes.io/");
    if (problems.isEmpty() && !own && !key.equals("storage")) {
      found.add(FieldError.notSupported(place.path(), key, List.of("storage")));
    }
  }
}
