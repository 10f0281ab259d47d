package dev.drydock.api.usage;

import dev.drydock.api.quantity.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which objects a quota is about: all, or those in all of its scopes.
public final class QuotaScopes {
  private QuotaScopes() {}

  /// @param resource qualified name of what the object is
  public static boolean cover(JsonNode quota, String resource, JsonNode object) {
    JsonNode spec = quota.path("spec");
    for (JsonNode scope : spec.path("scopes")) {
      if (!isIn(scope.stringValue(""), "Exists", List.of(), resource, object)) {
        return false;
      }
    }
    for (JsonNode each : spec.path("scopeSelector").path("matchExpressions")) {
      if (!matches(each, resource, object)) {
        return false;
      }
    }
    return true;
  }

  /// Whether an object is in one scope.
  ///
  /// @param scope an element of `matchExpressions`
  public static boolean matches(JsonNode scope, String resource, JsonNode object) {
    List<String> values =
        scope.path("values").valueStream().map(value -> value.stringValue("")).toList();
    return isIn(
        scope.path("scopeName").stringValue(""),
        scope.path("operator").stringValue(""),
        values,
        resource,
        object);
  }

  private static boolean isIn(
      String scope, String operator, List<String> values, String resource, JsonNode object) {
    if (resource.equals("pods")) {
      JsonNode spec = object.path("spec");
      return switch (scope) {
        case "Terminating" -> isTerminating(spec);
        case "NotTerminating" -> !isTerminating(spec);
        case "BestEffort" -> isBestEffort(object);
        case "NotBestEffort" -> !isBestEffort(object);
        case "PriorityClass" -> {
          String name = spec.path("priorityClassName").stringValue("");
          yield matches(operator, values, name.isEmpty() ? Set.of() : Set.of(name));
        }
        case "CrossNamespacePodAffinity" -> looksAcrossNamespaces(spec.path("affinity"));
        default -> false;
      };
    }
    return resource.equals("persistentvolumeclaims")
        && scope.equals("VolumeAttributesClass")
        && matches(operator, values, attributeClasses(object));
  }

  private static boolean matches(String operator, List<String> values, Set<String> names) {
    return switch (operator) {
      case "In" -> names.stream().anyMatch(values::contains);
      case "NotIn" -> names.stream().noneMatch(values::contains);
      case "Exists" -> !names.isEmpty();
      case "DoesNotExist" -> names.isEmpty();
      default -> false;
    };
  }

  /// The class that is wanted, the one that it has, and the one that it is being given.
  private static Set<String> attributeClasses(JsonNode claim) {
    var names = new HashSet<String>();
    names.add(claim.path("spec").path("volumeAttributesClassName").stringValue(""));
    JsonNode status = claim.path("status");
    names.add(status.path("currentVolumeAttributesClassName").stringValue(""));
    names.add(
        status.path("modifyVolumeStatus").path("targetVolumeAttributesClassName").stringValue(""));
    names.remove("");
    return names;
  }

  private static boolean isTerminating(JsonNode spec) {
    return spec.path("activeDeadlineSeconds").asLong(-1) >= 0;
  }

  /// Whether a pod asks for no resources at all.
  public static boolean isBestEffort(JsonNode pod) {
    String known = pod.path("status").path("qosClass").stringValue("");
    if (!known.isEmpty()) {
      return known.equals("BestEffort");
    }
    for (JsonNode container : PodResources.containers(pod)) {
      if (asksForSome(container.path("resources"))) {
        return false;
      }
    }
    return !asksForSome(pod.path("spec").path("resources"));
  }

  private static boolean asksForSome(JsonNode resources) {
    for (String field : List.of("requests", "limits")) {
      ResourceAmounts amounts = ResourceAmounts.of(resources.get(field));
      for (String name : List.of("cpu", "memory")) {
        Quantity amount = amounts.get(name);
        if (amount != null && amount.signum() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean looksAcrossNamespaces(JsonNode affinity) {
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      JsonNode terms = affinity.path(kind);
      for (JsonNode term : terms.path("requiredDuringSchedulingIgnoredDuringExecution")) {
        if (isAcross(term)) {
          return true;
        }
      }
      for (JsonNode term : terms.path("preferredDuringSchedulingIgnoredDuringExecution")) {
        if (isAcross(term.path("podAffinityTerm"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAcross(JsonNode term) {
    return !term.path("namespaces").isEmpty() || term.path("namespaceSelector").isObject();
  }
}
