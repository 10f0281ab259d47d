package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What requests and limits must be like.
public final class ResourceRules {
  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
  private static final Set<String> KNOWN =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "storage",
          "pods",
          "services",
          "replicationcontrollers",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "requests.storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");
  private static final Set<String> COUNTS =
      Set.of(
          "pods",
          "services",
          "replicationcontrollers",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");

  private ResourceRules() {}

  /// Requests and limits of a container.
  static void check(Field resources, Violations found) {
    Field limits = resources.child("limits");
    Field requests = resources.child("requests");
    checkList(limits, found);
    checkList(requests, found);
    for (Field.Entry request : requests.entries()) {
      checkPair(request, requests, limits, found);
    }
    boolean huge = hasHugePages(limits) || hasHugePages(requests);
    boolean usual = hasUsual(limits) || hasUsual(requests);
    if (huge && !usual) {
      found.forbidden(resources, "HugePages require cpu or memory");
    }
  }

  private static void checkPair(
      Field.Entry request, Field requests, Field limits, Violations found) {
    JsonNode limit = limits.value().path(request.key());
    if (limit.isMissingNode()) {
      if (!mayOvercommit(request.key())) {
        found.required(limits, "Limit must be set for non overcommitable resources");
      }
      return;
    }
    Quantity wanted = Quantity.parse(request.value().text());
    Quantity most = Quantity.parse(limit.stringValue("0"));
    if (wanted.compareTo(most) != 0 && !mayOvercommit(request.key())) {
      found.add(
          FieldError.invalid(
              requests.path(),
              wanted.toString(),
              "must be equal to " + request.key() + " limit of " + most));
    } else if (wanted.compareTo(most) > 0) {
      found.add(
          FieldError.invalid(
              requests.path(),
              wanted.toString(),
              "must be less than or equal to " + request.key() + " limit of " + most));
    }
  }

  /// Amounts of what a container can use.
  static void checkList(Field list, Violations found) {
    for (Field.Entry entry : list.entries()) {
      checkName(entry.value(), entry.key(), found);
      boolean own = STANDARD.contains(entry.key()) || isHuge(entry.key());
      if (!entry.key().contains("/") && !own) {
        found.add(
            FieldError.invalid(
                entry.value().path(), entry.key(), "must be a standard resource for containers"));
      }
      checkAmount(entry.key(), entry.value(), found);
    }
  }

  /// A resource's name, wherever it stands.
  ///
  /// @param place what the message names
  public static void checkName(Field place, String name, Violations found) {
    List<String> problems = Names.qualified(name);
    for (String problem : problems) {
      found.add(FieldError.invalid(place.path(), name, problem));
    }
    boolean standard =
        KNOWN.contains(name) || isHuge(name) || isHuge(name.replace("requests.", ""));
    if (problems.isEmpty() && !standard && !name.contains("/")) {
      found.add(
          FieldError.invalid(
              place.path(), name, "must be a standard resource type or fully qualified"));
    }
  }

  /// An amount: never negative, and whole where only whole things are counted.
  public static void checkAmount(String name, Field amount, Violations found) {
    Quantity quantity = Quantity.parse(amount.text());
    if (quantity.signum() < 0) {
      found.invalid(amount, "must be greater than or equal to 0");
    }
    if ((isExtended(name) || COUNTS.contains(name)) && !isWhole(amount.text())) {
      found.invalid(amount, "must be an integer");
    }
  }

  private static boolean isWhole(String quantity) {
    return BigDecimal.valueOf(Quantity.parse(quantity).milliValue())
            .remainder(BigDecimal.valueOf(1000))
            .signum()
        == 0;
  }

  private static boolean isExtended(String name) {
    return name.contains("/") && !name.contains("kubernetes.io/");
  }

  /// Whether limits of a resource may be greater than requests.
  public static boolean mayOvercommit(String name) {
    return !isHuge(name) && (!name.contains("/") || name.contains("kubernetes.io/"));
  }

  private static boolean isHuge(String name) {
    return name.startsWith("hugepages-");
  }

  private static boolean hasHugePages(Field list) {
    return list.value().propertyNames().stream().anyMatch(ResourceRules::isHuge);
  }

  private static boolean hasUsual(Field list) {
    return list.value().has("cpu") || list.value().has("memory");
  }
}
