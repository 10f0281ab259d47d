package dev.drydock.apiserver.registry.autoscaling;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Map;

/// What an autoscaler may look at.
///
/// Source: `validateMetricSpec` of `pkg/apis/autoscaling/validation`.
final class MetricRules {
  private static final Map<String, String> FIELDS =
      Map.of(
          "ContainerResource", "containerResource",
          "External", "external",
          "Object", "object",
          "Pods", "pods",
          "Resource", "resource");
  private static final List<String> TYPES =
      List.of("ContainerResource", "External", "Object", "Pods", "Resource");

  private static final List<String> SOURCES =
      List.of("object", "external", "pods", "resource", "containerResource");

  private MetricRules() {}

  static void check(Field metric, Violations found) {
    Field type = metric.child("type");
    if (type.isEmpty()) {
      found.required(type, "must specify a metric source type");
    }
    String expected = FIELDS.get(type.text());
    if (expected == null) {
      found.notSupported(type, TYPES);
    }
    List<String> sources =
        SOURCES.stream().filter(source -> metric.child(source).isPresent()).toList();
    if (!sources.isEmpty()) {
      checkSource(sources.getFirst(), metric.child(sources.getFirst()), found);
    }
    if (expected != null && !sources.contains(expected)) {
      found.required(
          metric.child(expected), "must populate information for the given metric source");
    }
    for (String source : sources) {
      if (sources.size() > 1 && !source.equals(expected)) {
        found.forbidden(metric.child(source), "must populate the given metric source only");
      }
    }
  }

  private static void checkSource(String kind, Field source, Violations found) {
    Field target = source.child("target");
    switch (kind) {
      case "containerResource", "resource" -> checkResource(kind, source, found);
      case "pods" -> {
        checkIdentity(source.child("metric"), found);
        checkTarget(target, found);
        if (!target.child("averageValue").isPresent()) {
          found.required(
              target.child("averageValue"), "must specify a positive target averageValue");
        }
      }
      case "object" -> {
        AutoscalerStrategy.checkReference(source.child("describedObject"), found);
        checkIdentity(source.child("metric"), found);
        checkTarget(target, found);
        if (!target.child("value").isPresent() && !target.child("averageValue").isPresent()) {
          found.required(
              target.child("averageValue"), "must set either a target value or averageValue");
        }
      }
      default -> {
        checkIdentity(source.child("metric"), found);
        checkTarget(target, found);
        checkEither(
            target,
            "averageValue",
            "value",
            "must set either a target value for metric or a per-pod target",
            "may not set both a target value for metric and a per-pod target",
            found);
      }
    }
  }

  private static void checkResource(String kind, Field source, Violations found) {
    found.present(source.child("name"), "must specify a resource name");
    if (kind.equals("containerResource")) {
      found.present(source.child("container"), "must specify a container");
    }
    Field target = source.child("target");
    checkTarget(target, found);
    checkEither(
        target,
        "averageUtilization",
        "averageValue",
        "must set either a target raw value or a target utilization",
        "may not set both a target raw value and a target utilization",
        found);
  }

  private static void checkEither(
      Field target, String one, String other, String none, String both, Violations found) {
    boolean hasOne = target.child(one).isPresent();
    boolean hasOther = target.child(other).isPresent();
    if (!hasOne && !hasOther) {
      found.required(target.child(one), none);
    } else if (hasOne && hasOther) {
      found.forbidden(target.child(other), both);
    }
  }

  private static void checkIdentity(Field metric, Violations found) {
    if (found.present(metric.child("name"), "must specify a metric name")) {
      found.conforms(metric.child("name"), Names::pathSegment);
    }
  }

  private static void checkTarget(Field target, Violations found) {
    Field type = target.child("type");
    if (type.isEmpty()) {
      found.required(type, "must specify a metric target type");
    }
    if (!List.of("AverageValue", "Utilization", "Value").contains(type.text())) {
      found.invalid(type, "must be either Utilization, Value, or AverageValue");
    }
    for (String field : List.of("value", "averageValue")) {
      Field value = target.child(field);
      if (value.isPresent() && Quantity.parse(value.text()).signum() <= 0) {
        found.invalid(value, "must be positive");
      }
    }
    Field utilization = target.child("averageUtilization");
    if (utilization.isPresent() && utilization.number(1) < 1) {
      found.invalid(utilization, "must be greater than 0");
    }
  }
}
