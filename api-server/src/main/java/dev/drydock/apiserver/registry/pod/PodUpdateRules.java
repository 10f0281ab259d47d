package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Sameness;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a pod's spec may change after its creation: next to nothing.
final class PodUpdateRules {
  private static final String NOTHING_ELSE =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it"
          + " to be set to 1 if it was previously negative)";
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String TERMS =
      "spec.affinity.nodeAffinity." + REQUIRED + ".nodeSelectorTerms";

  private PodUpdateRules() {}

  static void check(ObjectNode pod, ObjectNode before, Violations found) {
    if (!(pod.get("spec") instanceof ObjectNode spec)
        || !(before.get("spec") instanceof ObjectNode old)) {
      return;
    }
    for (String list : List.of("containers", "initContainers")) {
      if (Trees.at(spec, list).size() != Trees.at(old, list).size()) {
        found.add(
            FieldError.forbidden("spec." + list, "pod updates may not add or remove containers"));
        return;
      }
    }
    if (!checkDeadline(Field.root(pod).child("spec", "activeDeadlineSeconds"), old, found)) {
      return;
    }
    checkTolerations(spec, old, found);
    checkGates(spec, old, found);
    ObjectNode comparable = spec.deepCopy();
    undoAllowed(comparable, old);
    if (Trees.isFilled(old, "schedulingGates")) {
      checkGated(comparable, old, found);
    }
    if (!Sameness.same(comparable, old)) {
      found.add(FieldError.forbidden("spec", NOTHING_ELSE));
    }
  }

  /// @return whether to look further
  private static boolean checkDeadline(Field deadline, ObjectNode old, Violations found) {
    boolean had = Trees.has(old, "activeDeadlineSeconds");
    if (!deadline.isPresent()) {
      if (had) {
        found.invalid(
            deadline,
            new InnerForm("null"),
            "must not update from a positive integer to nil value");
      }
      return true;
    }
    long seconds = deadline.number(0);
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      found.invalid(deadline, "must be between 0 and " + Integer.MAX_VALUE + ", inclusive");
      return false;
    }
    if (had && seconds > Trees.number(old, 0, "activeDeadlineSeconds")) {
      found.invalid(deadline, "must be less than or equal to previous value");
      return false;
    }
    return true;
  }

  private static void undoAllowed(ObjectNode spec, ObjectNode old) {
    for (String list : List.of("containers", "initContainers")) {
      List<ObjectNode> now = Trees.objects(spec, list);
      List<ObjectNode> was = Trees.objects(old, list);
      for (int i = 0; i < now.size(); i++) {
        Trees.restore(now.get(i), was.get(i), "image");
      }
    }
    for (String field : List.of("activeDeadlineSeconds", "tolerations", "schedulingGates")) {
      Trees.restore(spec, old, field);
    }
    if (Trees.number(old, 0, "terminationGracePeriodSeconds") < 0
        && Trees.number(spec, 0, "terminationGracePeriodSeconds") == 1) {
      Trees.restore(spec, old, "terminationGracePeriodSeconds");
    }
  }

  /// Who waits at a gate may still become choosier about nodes.
  private static void checkGated(ObjectNode spec, ObjectNode old, Violations found) {
    Map<String, String> selector = Trees.textMap(spec, "nodeSelector");
    for (Map.Entry<String, String> entry : Trees.textMap(old, "nodeSelector").entrySet()) {
      if (!entry.getValue().equals(selector.get(entry.getKey()))) {
        found.add(
            FieldError.invalid(
                "spec.nodeSelector",
                Violations.shown(Trees.at(spec, "nodeSelector")),
                "only additions to spec.nodeSelector are allowed (no mutations or deletions)"));
        break;
      }
    }
    Trees.restore(spec, old, "nodeSelector");
    checkTerms(
        Trees.at(spec, "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms"),
        Trees.at(old, "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms"),
        found);
    if (old.get("affinity") instanceof ObjectNode was) {
      Trees.restore(Trees.child(spec, "affinity"), was, "nodeAffinity");
    } else if (spec.get("affinity") instanceof ObjectNode now) {
      now.remove("nodeAffinity");
    }
  }

  private static void checkTerms(JsonNode now, JsonNode was, Violations found) {
    if (was.isEmpty()) {
      return;
    }
    if (was.size() != now.size()) {
      found.add(
          FieldError.invalid(
              TERMS,
              InnerForm.capitalised(now),
              "no additions/deletions to non-empty NodeSelectorTerms list are allowed"));
      return;
    }
    for (int i = 0; i < was.size(); i++) {
      if (!onlyAdds(now.get(i), was.get(i))) {
        found.add(
            FieldError.invalid(
                TERMS + "[" + i + "]",
                InnerForm.capitalised(now.get(i)),
                "only additions are allowed (no mutations or deletions)"));
      }
    }
  }

  private static boolean onlyAdds(JsonNode now, JsonNode was) {
    if (was.path("matchExpressions").isEmpty() && was.path("matchFields").isEmpty()) {
      return now.path("matchExpressions").isEmpty() && now.path("matchFields").isEmpty();
    }
    for (String list : List.of("matchExpressions", "matchFields")) {
      for (int i = 0; i < was.path(list).size(); i++) {
        if (!Sameness.same(now.path(list).path(i), was.path(list).path(i))) {
          return false;
        }
      }
    }
    return true;
  }

  private static void checkTolerations(ObjectNode spec, ObjectNode old, Violations found) {
    for (ObjectNode was : Trees.objects(old, "tolerations")) {
      boolean kept = false;
      for (ObjectNode now : Trees.objects(spec, "tolerations")) {
        kept |= withoutSeconds(now).equals(withoutSeconds(was));
      }
      if (!kept) {
        found.add(
            FieldError.forbidden(
                "spec.tolerations",
                "existing toleration can not be modified except its tolerationSeconds"));
        return;
      }
    }
  }

  private static JsonNode withoutSeconds(ObjectNode toleration) {
    ObjectNode copy = toleration.deepCopy();
    copy.remove("tolerationSeconds");
    return copy;
  }

  private static void checkGates(ObjectNode spec, ObjectNode old, Violations found) {
    List<String> known =
        Trees.objects(old, "schedulingGates").stream()
            .map(gate -> Trees.text(gate, "name"))
            .toList();
    int index = 0;
    for (ObjectNode gate : Trees.objects(spec, "schedulingGates")) {
      String name = Trees.text(gate, "name");
      if (!known.contains(name)) {
        found.add(
            FieldError.forbidden(
                "spec.schedulingGates[" + index + "].name",
                "only deletion is allowed, but found new scheduling gate '" + name + "'"));
      }
      index++;
    }
  }
}
