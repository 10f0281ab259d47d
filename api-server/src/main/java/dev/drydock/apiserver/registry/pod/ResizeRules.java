package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Sameness;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a resize may change: amounts of CPU and memory, never so that the pod's quality of service
/// becomes another.
///
/// Source: texts of `ValidatePodResize`, Kubernetes 1.36.
final class ResizeRules {
  private static final List<String> MUTABLE = List.of("cpu", "memory");
  private static final List<String> AMOUNTS = List.of("requests", "limits");
  private static final String WHOLE = "[]";
  private static final String ONLY = "only cpu and memory resources are mutable";

  private final ObjectNode spec;
  private final ObjectNode old;
  private final Violations found;

  private ResizeRules(ObjectNode pod, ObjectNode before, Violations found) {
    this.spec = Trees.child(pod, "spec");
    this.old = Trees.child(before, "spec");
    this.found = found;
  }

  static void check(
      ResourceStrategy strategy, ObjectNode pod, ObjectNode before, Violations found) {
    if (Trees.has(before, "metadata", "annotations", EphemeralRules.MIRROR)) {
      forbid(WHOLE, "static pods cannot be resized", found);
      return;
    }
    if (Trees.text(before, "spec", "os", "name").equals("windows")) {
      forbid(WHOLE, "windows pods cannot be resized", found);
      return;
    }
    PodSpecRules.checkPod(Field.root(pod), found);
    String quality = Trees.text(before, "status", "qosClass");
    String was = quality.isEmpty() ? QualityOfService.of(before) : quality;
    if (!was.equals(QualityOfService.of(pod))) {
      found.add(
          FieldError.invalid("spec", was, "Pod QOS Class may not change as a result of resizing"));
    }
    if (!isSupported(before)) {
      forbid("spec", "Pod running on node without support for resize", found);
    }
    var rules = new ResizeRules(pod, before, found);
    rules.checkWhole();
    if (rules.checkOrder()) {
      rules.checkContainers();
    }
  }

  /// A node that can resize tells what its containers have.
  private static boolean isSupported(ObjectNode pod) {
    for (ObjectNode status : Trees.objects(pod, "status", "containerStatuses")) {
      if (Trees.has(status, "state", "running")) {
        return Trees.has(status, "resources");
      }
    }
    return true;
  }

  private void checkWhole() {
    JsonNode was = Trees.at(old, "resources");
    JsonNode now = Trees.at(spec, "resources");
    if (was.isEmpty() && now.isEmpty()) {
      return;
    }
    if (!was.isEmpty() && now.isMissingNode()) {
      forbid("spec.resources", "pod-level resources cannot be removed", found);
      return;
    }
    checkRemoved("spec.resources", "pod-level resource", now, was);
    if (!Sameness.same(withOldAmounts(now, was), was)) {
      forbid("spec", "only cpu and memory resources are mutable at pod-level", found);
    }
  }

  /// @return whether the containers are the same ones
  private boolean checkOrder() {
    boolean same = true;
    for (String list : Resize.LISTS) {
      List<String> now = Resize.names(spec, list);
      List<String> was = Resize.names(old, list);
      if (now.size() != was.size()) {
        forbid("spec." + list, list + " may not be added or removed on resize", found);
        same = false;
        continue;
      }
      for (int i = 0; i < was.size(); i++) {
        if (!now.get(i).equals(was.get(i))) {
          forbid(
              "spec." + list + "[" + i + "].name",
              list + " may not be renamed or reordered on resize",
              found);
          same = false;
        }
      }
    }
    return same;
  }

  private void checkContainers() {
    for (String list : Resize.LISTS) {
      List<ObjectNode> now = Trees.objects(spec, list);
      List<ObjectNode> was = Trees.objects(old, list);
      for (int i = 0; i < was.size(); i++) {
        String path = "spec." + list + "[" + i + "]";
        checkRemoved(
            path + ".resources",
            "resource",
            Trees.at(now.get(i), "resources"),
            Trees.at(was.get(i), "resources"));
        if (list.equals("containers")) {
          checkRest(now.get(i), was.get(i), "spec", ONLY);
        } else {
          checkInit(now.get(i), was.get(i), path);
        }
      }
    }
  }

  private void checkInit(ObjectNode now, ObjectNode was, String path) {
    checkRest(
        now, was, path, "only cpu and memory resources for init or sidecar containers are mutable");
    boolean restarts =
        Trees.objects(now, "resizePolicy").stream()
            .anyMatch(policy -> Trees.text(policy, "restartPolicy").equals("RestartContainer"));
    if (restarts
        && !Sameness.same(now, was)
        && !Trees.text(now, "restartPolicy").equals("Always")) {
      forbid(
          path,
          "non-sidecar init containers with a resize policy of RestartContainer cannot be resized",
          found);
    }
  }

  private void checkRest(ObjectNode now, ObjectNode was, String path, String message) {
    ObjectNode comparable = now.deepCopy();
    comparable.set(
        "resources", withOldAmounts(Trees.at(now, "resources"), Trees.at(was, "resources")));
    if (!Sameness.same(comparable, was)) {
      forbid(path, message, found);
    }
  }

  private void checkRemoved(String path, String what, JsonNode now, JsonNode was) {
    for (String amounts : AMOUNTS) {
      for (String name : Trees.at(was, amounts).propertyNames()) {
        if (!Trees.has(now, amounts, name)) {
          forbid(path + "." + amounts, what + " " + amounts + " cannot be removed", found);
          break;
        }
      }
    }
  }

  /// The requests and limits with CPU and memory as they were. Claims are left out: who has some
  /// cannot be resized.
  private static ObjectNode withOldAmounts(JsonNode now, JsonNode was) {
    ObjectNode resources = Trees.object();
    for (String amounts : AMOUNTS) {
      ObjectNode list =
          Trees.at(now, amounts) instanceof ObjectNode present
              ? present.deepCopy()
              : Trees.object();
      for (String name : MUTABLE) {
        JsonNode before = Trees.at(was, amounts, name);
        if (before.isMissingNode()) {
          list.remove(name);
        } else {
          list.set(name, before);
        }
      }
      if (!list.isEmpty()) {
        resources.set(amounts, list);
      }
    }
    return resources;
  }

  private static void forbid(String path, String detail, Violations found) {
    found.add(FieldError.forbidden(path, detail));
  }
}
