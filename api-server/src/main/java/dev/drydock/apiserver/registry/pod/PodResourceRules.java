package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What a pod as a whole may ask for, beside its containers.
final class PodResourceRules {
  private static final List<String> SHARED = List.of("cpu", "hugepages-", "memory");

  private PodResourceRules() {}

  static void check(Field spec, Violations found) {
    Field resources = spec.child("resources");
    if (!resources.isPresent()) {
      return;
    }
    if (resources.child("claims").isPresent()) {
      found.forbidden(resources.child("claims"), "claims cannot be set for Resources at pod-level");
    }
    ResourceRules.check(resources, PodResourceRules::checkName, found);
    checkContainers(spec, resources, found);
  }

  private static void checkName(Field place, String name, Violations found) {
    int before = found.count();
    ResourceRules.checkName(place, name, found);
    if (found.count() == before && Names.qualified(name).isEmpty() && !PodAmounts.isShared(name)) {
      found.add(FieldError.notSupported(place.path(), name, SHARED));
    }
  }

  /// Together they ask for no more than the pod, and none may use more.
  private static void checkContainers(Field spec, Field resources, Violations found) {
    Field requests = resources.child("requests");
    PodAmounts.of(spec.value(), "requests")
        .forEach(
            (name, sum) -> {
              Quantity whole = quantity(requests.child(name).text());
              if (sum.compareTo(whole) > 0) {
                found.add(
                    FieldError.invalid(
                        requests.path() + "[" + name + "]",
                        whole.toString(),
                        "must be greater than or equal to aggregate container requests of " + sum));
              }
            });
    int index = 0;
    for (Field container : spec.child("containers").items()) {
      for (Field.Entry limit : container.child("resources", "limits").entries()) {
        Field whole = resources.child("limits", limit.key());
        Quantity own = quantity(limit.value().text());
        if (whole.isPresent() && own.compareTo(quantity(whole.text())) > 0) {
          found.add(
              FieldError.invalid(
                  resources.path() + ".containers[" + index + "][" + limit.key() + "].limits",
                  own.toString(),
                  "must be less than or equal to pod limits of " + quantity(whole.text())));
        }
      }
      index++;
    }
  }

  private static Quantity quantity(String text) {
    return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
  }
}
