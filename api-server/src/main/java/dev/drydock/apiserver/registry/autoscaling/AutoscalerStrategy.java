package dev.drydock.apiserver.registry.autoscaling;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// HorizontalPodAutoscalers, as `autoscaling/v2` has them.
public final class AutoscalerStrategy implements ResourceStrategy {
  private static final int USUAL_UTILIZATION = 80;
  private static final int POLICY_SECONDS = 15;

  @Override
  public void applyDefaults(ObjectNode autoscaler) {
    ObjectNode spec = Trees.child(autoscaler, "spec");
    if (!Trees.isFilled(spec, "metrics")) {
      ObjectNode cpu = spec.putArray("metrics").addObject().put("type", "Resource");
      cpu.putObject("resource")
          .put("name", "cpu")
          .putObject("target")
          .put("type", "Utilization")
          .put("averageUtilization", USUAL_UTILIZATION);
    }
    if (spec.get("behavior") instanceof ObjectNode behavior) {
      ObjectNode up = Trees.child(behavior, "scaleUp");
      Trees.putDefault(up, "stabilizationWindowSeconds", 0);
      Trees.putDefault(up, "selectPolicy", "Max");
      if (!Trees.isFilled(up, "policies")) {
        ArrayNode policies = up.putArray("policies");
        policy(policies, "Pods", 4);
        policy(policies, "Percent", 100);
      }
      ObjectNode down = Trees.child(behavior, "scaleDown");
      Trees.putDefault(down, "selectPolicy", "Max");
      if (!Trees.isFilled(down, "policies")) {
        policy(down.putArray("policies"), "Percent", 100);
      }
    }
  }

  private static void policy(ArrayNode policies, String type, int value) {
    policies.addObject().put("type", type).put("value", value).put("periodSeconds", POLICY_SECONDS);
  }

  @Override
  public void validateCreate(ObjectNode autoscaler, Violations found) {
    Field spec = Field.root(autoscaler).child("spec");
    Field least = spec.child("minReplicas");
    Field most = spec.child("maxReplicas");
    if (least.isPresent() && least.number(1) < 1) {
      found.invalid(least, "must be greater than or equal to 1");
    }
    if (most.number(0) < 1) {
      found.add(
          dev.drydock.api.status.FieldError.invalid(
              most.path(), most.number(0), "must be greater than 0"));
    }
    if (least.isPresent() && most.number(0) < least.number(0)) {
      found.invalid(most, "must be greater than or equal to `minReplicas`");
    }
    checkReference(spec.child("scaleTargetRef"), found);
    spec.child("metrics").items().forEach(metric -> MetricRules.check(metric, found));
    if (spec.child("behavior").isPresent()) {
      BehaviorRules.check(spec.child("behavior"), found);
    }
  }

  /// What is scaled, or described by a metric.
  static void checkReference(Field reference, Violations found) {
    for (String field : new String[] {"kind", "name"}) {
      if (found.present(reference.child(field), "")) {
        found.conforms(reference.child(field), Names::pathSegment);
      }
    }
    String version = reference.child("apiVersion").text();
    if (version.chars().filter(c -> c == '/').count() > 1) {
      found.invalid(reference.child("apiVersion"), "unexpected GroupVersion string: " + version);
    }
  }

  @Override
  public void validateUpdate(ObjectNode autoscaler, ObjectNode before, Violations found) {
    if (!Objects.equals(autoscaler.get("spec"), before.get("spec"))) {
      validateCreate(autoscaler, found);
    }
    if (!Objects.equals(autoscaler.get("status"), before.get("status"))) {
      Field status = Field.root(autoscaler).child("status");
      found.notNegative(status.child("currentReplicas"));
      found.notNegative(status.child("desiredReplicas"));
    }
  }
}
