package dev.drydock.apiserver.registry.limit;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.ResourceRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// LimitRanges.
public final class LimitRangeStrategy implements ResourceStrategy {
  private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");
  private static final Set<String> OF_CONTAINERS = Set.of("Pod", "Container");

  /// What a container gets unless it says otherwise follows from the bounds.
  @Override
  public boolean isCreatedByUpdates() {
    return true;
  }

  @Override
  public void applyDefaults(ObjectNode range) {
    for (ObjectNode limit : Trees.objects(range, "spec", "limits")) {
      if (Trees.text(limit, "type").equals("Container")) {
        fill(limit, "default", "max");
        fill(limit, "defaultRequest", "default");
        fill(limit, "defaultRequest", "min");
      }
    }
  }

  private static void fill(ObjectNode limit, String into, String from) {
    JsonNode source = Trees.at(limit, from);
    if (!source.isObject() || source.isEmpty()) {
      return;
    }
    ObjectNode target = Trees.child(limit, into);
    for (Map.Entry<String, JsonNode> entry : source.properties()) {
      target.putIfAbsent(entry.getKey(), entry.getValue());
    }
  }

  @Override
  public void validateCreate(ObjectNode range, Violations found) {
    var types = new HashSet<String>();
    for (Field limit : Field.root(range).child("spec", "limits").items()) {
      Field type = limit.child("type");
      List<String> problems = Names.qualified(type.text());
      problems.forEach(problem -> found.invalid(type, problem));
      if (problems.isEmpty() && !type.text().contains("/") && !TYPES.contains(type.text())) {
        found.invalid(type, "must be a standard limit type or fully qualified");
      }
      if (!types.add(type.text())) {
        found.duplicate(type);
      }
      var resources = new TreeSet<String>();
      checkLists(limit, List.of("max", "min"), resources, found);
      if (type.text().equals("Pod")) {
        for (String list : List.of("default", "defaultRequest")) {
          if (!limit.child(list).isEmpty()) {
            found.forbidden(limit.child(list), "may not be specified when `type` is 'Pod'");
          }
        }
      } else {
        checkLists(limit, List.of("default", "defaultRequest"), resources, found);
      }
      if (type.text().equals("PersistentVolumeClaim")
          && !limit.child("min", "storage").isPresent()
          && !limit.child("max", "storage").isPresent()) {
        found.required(
            limit.child("limits"),
            "either minimum or maximum storage value is required, but neither was provided");
      }
      checkLists(limit, List.of("maxLimitRequestRatio"), resources, found);
      resources.forEach(resource -> checkBounds(limit, resource, found));
    }
  }

  private static void checkLists(
      Field limit, List<String> lists, Set<String> resources, Violations found) {
    boolean ofContainers = OF_CONTAINERS.contains(limit.child("type").text());
    for (String list : lists) {
      for (Field.Entry entry : limit.child(list).entries()) {
        resources.add(entry.key());
        if (ofContainers) {
          ResourceRules.checkContainerName(entry.value(), entry.key(), found);
        } else {
          ResourceRules.checkName(entry.value(), entry.key(), found);
        }
      }
    }
  }

  private static void checkBounds(Field limit, String resource, Violations found) {
    check(limit, resource, "min", "min", "max", "min value %s is greater than max value %s", found);
    check(
        limit,
        resource,
        "defaultRequest",
        "min",
        "defaultRequest",
        "min value %s is greater than default request value %s",
        found);
    check(
        limit,
        resource,
        "defaultRequest",
        "defaultRequest",
        "max",
        "default request value %s is greater than max value %s",
        found);
    check(
        limit,
        resource,
        "defaultRequest",
        "defaultRequest",
        "default",
        "default request value %s is greater than default limit value %s",
        found);
    // The real messages show the bound here, not the default.
    checkDefault(limit, resource, "min", "min value %s is greater than default value %s", found);
    checkDefault(limit, resource, "max", "default value %s is greater than max value %s", found);
    checkRatio(limit, resource, found);
    checkSame(limit, resource, found);
  }

  private static void checkRatio(Field limit, String resource, Violations found) {
    String given = limit.child("maxLimitRequestRatio", resource).text();
    String ratio = given.isEmpty() ? "" : Quantity.parse(given).toString();
    if (!ratio.isEmpty() && Quantity.parse(ratio).compareTo(Quantity.parse("1")) < 0) {
      found.add(
          FieldError.invalid(
              limit.path() + ".maxLimitRequestRatio[" + resource + "]",
              ratio,
              "ratio " + ratio + " is less than 1"));
    }
    checkPossible(limit, resource, ratio, found);
  }

  /// Whether the bounds leave room for the ratio.
  private static void checkPossible(Field limit, String resource, String ratio, Violations found) {
    String most = limit.child("max", resource).text();
    String least = limit.child("min", resource).text();
    if (ratio.isEmpty() || most.isEmpty() || least.isEmpty()) {
      return;
    }
    double possible =
        (double) Quantity.parse(most).milliValue() / Quantity.parse(least).milliValue();
    if (Quantity.parse(ratio).milliValue() / 1000.0 > possible) {
      found.add(
          FieldError.invalid(
              limit.path() + ".maxLimitRequestRatio[" + resource + "]",
              ratio,
              String.format(
                  Locale.ROOT, "ratio %s is greater than max/min = %f", ratio, possible)));
    }
  }

  /// What can't be shared is requested as it is limited.
  private static void checkSame(Field limit, String resource, Violations found) {
    Quantity amount = amount(limit, "default", resource);
    Quantity request = amount(limit, "defaultRequest", resource);
    if (!ResourceRules.mayOvercommit(resource)
        && amount != null
        && request != null
        && amount.compareTo(request) != 0) {
      found.add(
          FieldError.invalid(
              limit.path() + ".defaultRequest[" + resource + "]",
              request.toString(),
              String.format(
                  Locale.ROOT,
                  "default value %s must equal to defaultRequest value %s in %s",
                  amount,
                  request,
                  resource)));
    }
  }

  private static void checkDefault(
      Field limit, String resource, String bound, String words, Violations found) {
    Quantity usual = amount(limit, "default", resource);
    Quantity limited = amount(limit, bound, resource);
    if (usual == null || limited == null) {
      return;
    }
    boolean least = bound.equals("min");
    Quantity less = least ? limited : usual;
    Quantity more = least ? usual : limited;
    if (less.compareTo(more) > 0) {
      found.add(
          FieldError.invalid(
              limit.path() + ".default[" + resource + "]",
              limited.toString(),
              String.format(Locale.ROOT, words, less, more)));
    }
  }

  private static @Nullable Quantity amount(Field limit, String list, String resource) {
    String text = limit.child(list, resource).text();
    return text.isEmpty() ? null : Quantity.parse(text);
  }

  /// One amount must not be more than another.
  private static void check(
      Field limit,
      String resource,
      String named,
      String less,
      String more,
      String words,
      Violations found) {
    Quantity one = amount(limit, less, resource);
    Quantity other = amount(limit, more, resource);
    if (one != null && other != null && one.compareTo(other) > 0) {
      found.add(
          FieldError.invalid(
              limit.path() + "." + named + "[" + resource + "]",
              named.equals(less) ? one.toString() : other.toString(),
              String.format(Locale.ROOT, words, one, other)));
    }
  }
}
