package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a pod's spec may change after its creation: next to nothing.
final class PodUpdateRules {
  private static final String NOTHING_ELSE =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it"
          + " to be set to 1 if it was previously negative)";

  private PodUpdateRules() {}

  static void check(ObjectNode pod, ObjectNode before, Violations found) {
    if (!(pod.get("spec") instanceof ObjectNode spec)
        || !(before.get("spec") instanceof ObjectNode old)) {
      return;
    }
    for (String list : List.of("containers", "initContainers")) {
      if (Trees.at(spec, list).size() != Trees.at(old, list).size()) {
        found.add(
            FieldError.forbidden(
                "spec." + list,
                list.equals("containers")
                    ? "pod updates may not add or remove containers"
                    : "pod updates may not add or remove init containers"));
        return;
      }
    }
    checkEphemeral(spec, old, found);
    checkTolerations(spec, old, found);
    checkGates(spec, old, found);
    Field deadline = Field.root(pod).child("spec", "activeDeadlineSeconds");
    long oldDeadline = Trees.number(old, -1, "activeDeadlineSeconds");
    if (oldDeadline >= 0) {
      if (!deadline.isPresent()) {
        found.invalid(deadline, "must not update from a positive integer to nil value");
      } else if (deadline.number(0) > oldDeadline) {
        found.invalid(deadline, "must be less than or equal to previous value");
      }
    }
    ObjectNode comparable = spec.deepCopy();
    undoAllowed(comparable, old);
    if (!comparable.equals(old)) {
      found.add(FieldError.forbidden("spec", NOTHING_ELSE));
    }
  }

  private static void undoAllowed(ObjectNode spec, ObjectNode old) {
    for (String list : List.of("containers", "initContainers")) {
      List<ObjectNode> now = Trees.objects(spec, list);
      List<ObjectNode> was = Trees.objects(old, list);
      for (int i = 0; i < now.size(); i++) {
        Trees.restore(now.get(i), was.get(i), "image");
      }
    }
    for (String field :
        List.of("activeDeadlineSeconds", "tolerations", "schedulingGates", "ephemeralContainers")) {
      Trees.restore(spec, old, field);
    }
    if (Trees.number(old, 0, "terminationGracePeriodSeconds") < 0
        && Trees.number(spec, 0, "terminationGracePeriodSeconds") == 1) {
      Trees.restore(spec, old, "terminationGracePeriodSeconds");
    }
    if (Trees.isFilled(old, "schedulingGates")) {
      for (String field : List.of("nodeSelector", "affinity")) {
        Trees.restore(spec, old, field);
      }
    }
  }

  private static void checkEphemeral(ObjectNode spec, ObjectNode old, Violations found) {
    for (ObjectNode was : Trees.objects(old, "ephemeralContainers")) {
      String name = Trees.text(was, "name");
      ObjectNode now = null;
      for (ObjectNode candidate : Trees.objects(spec, "ephemeralContainers")) {
        if (Trees.text(candidate, "name").equals(name)) {
          now = candidate;
        }
      }
      String what = now == null ? "removed" : "changed";
      if (!was.equals(now)) {
        found.add(
            FieldError.forbidden(
                "spec.ephemeralContainers",
                "existing ephemeral containers \"" + name + "\" may not be " + what + "\n"));
      }
    }
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
      }
    }
  }

  private static JsonNode withoutSeconds(ObjectNode toleration) {
    ObjectNode copy = toleration.deepCopy();
    copy.remove("tolerationSeconds");
    return copy;
  }

  private static void checkGates(ObjectNode spec, ObjectNode old, Violations found) {
    for (ObjectNode gate : Trees.objects(spec, "schedulingGates")) {
      if (!Trees.objects(old, "schedulingGates").contains(gate)) {
        found.add(
            FieldError.forbidden(
                "spec.schedulingGates",
                "only deletion is allowed, but found new scheduling gate '"
                    + Trees.text(gate, "name")
                    + "'"));
      }
    }
  }
}
