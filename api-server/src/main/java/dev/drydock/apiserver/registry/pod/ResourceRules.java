package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What requests and limits must be like.
public final class ResourceRules {
  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
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
  private static final Set<String> MEASURED =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "requests.storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");
  private static final String NATIVE = "kubernetes.io/";

  private ResourceRules() {}

  /// How the name of a resource is checked.
  @FunctionalInterface
  interface NameCheck {
    void check(Field place, String name, Violations found);
  }

  /// Requests and limits of a container.
  static void check(Field resources, Violations found) {
    check(resources, ResourceRules::checkContainerName, found);
  }

  static void check(Field resources, NameCheck names, Violations found) {
    Field limits = resources.child("limits");
    Field requests = resources.child("requests");
    for (Field.Entry limit : limits.entries()) {
      names.check(limit.value(), limit.key(), found);
      checkAmount(limit.key(), limit.value(), found);
      checkPages(limit, found);
    }
    for (Field.Entry request : requests.entries()) {
      names.check(request.value(), request.key(), found);
      checkAmount(request.key(), request.value(), found);
      checkPair(request, requests, limits, found);
      checkPages(request, found);
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
      found.invalid(
          requests, wanted.toString(), "must be equal to " + request.key() + " limit of " + most);
    } else if (wanted.compareTo(most) > 0) {
      found.invalid(
          requests,
          wanted.toString(),
          "must be less than or equal to " + request.key() + " limit of " + most);
    }
  }

  /// Huge pages are whole.
  private static void checkPages(Field.Entry amount, Violations found) {
    String name = amount.key();
    if (!isHuge(name)) {
      return;
    }
    Quantity pages = Quantity.parse(amount.value().text());
    boolean whole;
    try {
      long size = Quantity.parse(name.substring("hugepages-".length())).value();
      whole = size > 0 && pages.value() % size == 0;
    } catch (IllegalArgumentException _) {
      whole = false;
    }
    if (!whole) {
      found.invalid(
          amount.value(), pages.toString(), pages + " is not positive integer multiple of " + name);
    }
  }

  /// Amounts of what a container can use.
  static void checkList(Field list, Violations found) {
    for (Field.Entry entry : list.entries()) {
      checkContainerName(entry.value(), entry.key(), found);
      checkAmount(entry.key(), entry.value(), found);
    }
  }

  /// The name of a resource that containers use.
  ///
  /// @param place what the message names
  public static void checkContainerName(Field place, String name, Violations found) {
    checkName(place, name, found);
    if (!name.contains("/")) {
      if (!STANDARD.contains(name) && !isHuge(name)) {
        found.invalid(place, name, "must be a standard resource for containers");
      }
    } else if (!name.contains(NATIVE) && !isExtended(name)) {
      found.invalid(place, name, "doesn't follow extended resource name standard");
    }
  }

  /// The name of a resource that a quota limits.
  public static void checkQuotaName(Field place, String name, Violations found) {
    checkName(place, name, found);
    if (!name.contains("/") && !isQuotaResource(name)) {
      found.invalid(place, name, "must be a standard resource for quota");
    }
  }

  /// Whether quotas know the resource without further words.
  public static boolean isQuotaResource(String name) {
    return COUNTS.contains(name) || MEASURED.contains(name) || isQuotaHuge(name);
  }

  /// A resource's name, wherever it stands.
  ///
  /// @param place what the message names
  public static void checkName(Field place, String name, Violations found) {
    var problems = Names.qualified(name);
    problems.forEach(problem -> found.invalid(place, name, problem));
    boolean known = isQuotaResource(name) || name.equals("storage");
    if (problems.isEmpty() && !known && !name.contains("/")) {
      found.invalid(place, name, "must be a standard resource type or fully qualified");
    }
  }

  /// An amount: never negative, and whole where only whole things are counted.
  public static void checkAmount(String name, Field amount, Violations found) {
    Quantity quantity = Quantity.parse(amount.text());
    if (quantity.signum() < 0) {
      found.invalid(amount, quantity.toString(), "must be greater than or equal to 0");
    }
    if ((isExtended(name) || COUNTS.contains(name)) && !isWhole(amount.text())) {
      found.invalid(amount, quantity.toString(), "must be an integer");
    }
  }

  /// Whether there are no fractions of it.
  public static boolean isWhole(String quantity) {
    return BigDecimal.valueOf(Quantity.parse(quantity).milliValue())
            .remainder(BigDecimal.valueOf(1000))
            .signum()
        == 0;
  }

  private static boolean isExtended(String name) {
    return name.contains("/")
        && !name.contains(NATIVE)
        && !name.startsWith("requests.")
        && Names.qualified("requests." + name).isEmpty();
  }

  /// Whether limits of a resource may be greater than requests.
  public static boolean mayOvercommit(String name) {
    return !isHuge(name) && (!name.contains("/") || name.contains(NATIVE));
  }

  static boolean isHuge(String name) {
    return name.startsWith("hugepages-");
  }

  private static boolean isQuotaHuge(String name) {
    return isHuge(name) || name.startsWith("requests.hugepages-");
  }

  private static boolean hasHugePages(Field list) {
    return list.value().propertyNames().stream().anyMatch(ResourceRules::isHuge);
  }

  private static boolean hasUsual(Field list) {
    return list.value().has("cpu") || list.value().has("memory");
  }

  /// The claims of a pod that a container uses, each once.
  ///
  /// @param known names of those of the pod, in alphabetical order
  static void checkClaims(Field used, Set<String> known, Violations found) {
    var seen = new HashSet<String>();
    for (Field claim : used.items()) {
      String name = claim.child("name").text();
      if (name.isEmpty()) {
        found.required(claim, "");
        continue;
      }
      checkUse(claim, name, seen, found);
      if (!known.contains(name)) {
        found.add(
            new FieldError(
                FieldError.Type.NOT_FOUND,
                claim.path(),
                "Not found: \""
                    + name
                    + "\": must be one of the names in pod.spec.resourceClaims"
                    + (known.isEmpty() ? " which is empty" : ": " + String.join(", ", known))));
      }
    }
  }

  private static void checkUse(Field claim, String name, Set<String> seen, Violations found) {
    if (seen.contains(name)) {
      found.add(FieldError.duplicate(claim.path(), name));
      return;
    }
    Field request = claim.child("request");
    String key = request.isEmpty() ? name : name + "/" + request.text();
    if (!request.isEmpty()) {
      found.conforms(request, Names::label);
    }
    if (seen.contains(key)) {
      found.add(FieldError.duplicate(claim.path(), key));
    } else if (request.isEmpty()) {
      for (String other : seen) {
        if (other.startsWith(name + "/")) {
          found.add(FieldError.duplicate(claim.path(), name));
        }
      }
    }
    seen.add(key);
  }
}
