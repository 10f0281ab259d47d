package dev.drydock.apiserver.registry.autoscaling;

import dev.drydock.apiserver.registry.strategy.Trees;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// HorizontalPodAutoscalers of `autoscaling/v1` and `/v2`: the older version has fields only
/// for a CPU target and keeps the rest as JSON in annotations.
public final class AutoscalerConversion {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
  private static final String CURRENT = "autoscaling.alpha.kubernetes.io/current-metrics";
  private static final String CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
  private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

  private AutoscalerConversion() {}

  /// In place.
  public static ObjectNode toV2(ObjectNode autoscaler) {
    ObjectNode spec = Trees.child(autoscaler, "spec");
    ArrayNode metrics = restored(autoscaler, METRICS);
    JsonNode target = spec.remove("targetCPUUtilizationPercentage");
    if (target != null && target.isIntegralNumber()) {
      ObjectNode cpu = resourceMetric(metrics.insertObject(0));
      cpu.putObject("target").put("type", "Utilization").set("averageUtilization", target);
    }
    if (!metrics.isEmpty()) {
      spec.set("metrics", metrics);
    }
    JsonNode behavior = parsed(autoscaler, BEHAVIOR);
    if (behavior.isObject()) {
      spec.set("behavior", behavior);
    }
    if (autoscaler.get("status") instanceof ObjectNode status) {
      ArrayNode current = restored(autoscaler, CURRENT);
      JsonNode percentage = status.remove("currentCPUUtilizationPercentage");
      if (percentage != null && percentage.isIntegralNumber()) {
        ObjectNode cpu = resourceMetric(current.insertObject(0));
        cpu.putObject("current").set("averageUtilization", percentage);
      }
      if (!current.isEmpty()) {
        status.set("currentMetrics", current);
      }
      ArrayNode conditions = restored(autoscaler, CONDITIONS);
      if (!conditions.isEmpty()) {
        status.set("conditions", conditions);
      }
    }
    forget(autoscaler);
    return autoscaler;
  }

  /// In place.
  public static ObjectNode toV1(ObjectNode autoscaler) {
    ObjectNode spec = Trees.child(autoscaler, "spec");
    JsonNode metrics = spec.remove("metrics");
    ArrayNode others = Trees.array();
    if (metrics != null) {
      for (JsonNode metric : metrics) {
        JsonNode utilization = Trees.at(metric, "resource", "target", "averageUtilization");
        if (isCpu(metric) && !utilization.isMissingNode()) {
          spec.set("targetCPUUtilizationPercentage", utilization);
        } else {
          others.add(metric);
        }
      }
    }
    remember(autoscaler, METRICS, others);
    JsonNode behavior = spec.remove("behavior");
    if (behavior != null) {
      remember(autoscaler, BEHAVIOR, behavior);
    }
    if (autoscaler.get("status") instanceof ObjectNode status) {
      JsonNode current = status.remove("currentMetrics");
      ArrayNode otherCurrent = Trees.array();
      if (current != null) {
        for (JsonNode metric : current) {
          JsonNode utilization = Trees.at(metric, "resource", "current", "averageUtilization");
          if (isCpu(metric) && !utilization.isMissingNode()) {
            status.set("currentCPUUtilizationPercentage", utilization);
          } else {
            otherCurrent.add(metric);
          }
        }
      }
      remember(autoscaler, CURRENT, otherCurrent);
      JsonNode conditions = status.remove("conditions");
      if (conditions != null) {
        remember(autoscaler, CONDITIONS, conditions);
      }
    }
    return autoscaler;
  }

  private static boolean isCpu(JsonNode metric) {
    return Trees.text(metric, "type").equals("Resource")
        && Trees.text(metric, "resource", "name").equals("cpu");
  }

  private static ObjectNode resourceMetric(ObjectNode metric) {
    return metric.put("type", "Resource").putObject("resource").put("name", "cpu");
  }

  private static ArrayNode restored(ObjectNode object, String annotation) {
    return parsed(object, annotation) instanceof ArrayNode list ? list : Trees.array();
  }

  private static JsonNode parsed(ObjectNode object, String annotation) {
    String text = Trees.text(object, "metadata", "annotations", annotation);
    if (text.isEmpty()) {
      return Trees.at(object, "no such field");
    }
    try {
      return JSON.readTree(text);
    } catch (JacksonException _) {
      return Trees.at(object, "no such field");
    }
  }

  private static void remember(ObjectNode object, String annotation, JsonNode value) {
    if (!value.isEmpty()) {
      Trees.child(Trees.child(object, "metadata"), "annotations").put(annotation, value.toString());
    }
  }

  private static void forget(ObjectNode object) {
    if (Trees.at(object, "metadata", "annotations") instanceof ObjectNode annotations) {
      annotations.remove(java.util.List.of(METRICS, CURRENT, CONDITIONS, BEHAVIOR));
    }
  }
}
