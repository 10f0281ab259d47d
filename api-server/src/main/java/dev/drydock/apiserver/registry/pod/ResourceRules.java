package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What requests and limits must be like.
final class ResourceRules {
  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

  private ResourceRules() {}

  static void check(Field resources, Violations found) {
    Field limits = resources.child("limits");
    Field requests = resources.child("requests");
    checkList(limits, found);
    checkList(requests, found);
    for (Field.Entry request : requests.entries()) {
      JsonNode limit = limits.value().path(request.key());
      if (limit.isMissingNode()) {
        continue;
      }
      Quantity wanted = Quantity.parse(request.value().text());
      Quantity most = Quantity.parse(limit.stringValue("0"));
      if (wanted.compareTo(most) > 0) {
        found.add(
            FieldError.invalid(
                requests.path(),
                wanted.toString(),
                "must be less than or equal to " + request.key() + " limit of " + most));
      }
    }
  }

  private static void checkList(Field list, Violations found) {
    for (Field.Entry entry : list.entries()) {
      String name = entry.key();
      List<String> problems = Names.qualified(name);
      for (String problem : problems) {
        found.add(FieldError.invalid(entry.value().path(), name, problem));
      }
      boolean standard = STANDARD.contains(name) || name.startsWith("hugepages-");
      if (problems.isEmpty() && !standard && !name.contains("/")) {
        found.add(
            FieldError.invalid(
                entry.value().path(), name, "must be a standard resource type or fully qualified"));
        found.add(
            FieldError.invalid(
                entry.value().path(), name, "must be a standard resource for containers"));
      }
      if (Quantity.parse(entry.value().text()).signum() < 0) {
        found.invalid(entry.value(), "must be greater than or equal to 0");
      }
    }
  }
}
