package dev.drydock.apiserver.definitions;

import dev.drydock.apiserver.definitions.Conditions.Condition;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which of the names that a definition asks for it gets: no two definitions of a group share a
/// name. Who was accepted first keeps it.
final class NamesPlan {
  private final ObjectNode definition;
  private final Set<String> resources = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();
  private Condition accepted =
      new Condition("NamesAccepted", "True", "NoConflicts", "no conflicts found");

  private NamesPlan(ObjectNode definition) {
    this.definition = definition;
  }

  /// The definition with its names and the conditions that follow from them.
  ///
  /// @param others the other definitions
  /// @return a new tree; equal to the given one when all is as it should be
  static ObjectNode carryOut(ObjectNode definition, Iterable<ObjectNode> others, String now) {
    var plan = new NamesPlan(definition);
    String group = Trees.text(definition, "spec", "group");
    for (ObjectNode other : others) {
      boolean itself =
          Trees.text(other, "metadata", "name").equals(Trees.text(definition, "metadata", "name"));
      if (!itself && Trees.text(other, "spec", "group").equals(group)) {
        plan.take(Trees.at(other, "status", "acceptedNames"));
      }
    }
    return plan.result(now);
  }

  private void take(JsonNode names) {
    resources.add(Trees.text(names, "plural"));
    resources.add(Trees.text(names, "singular"));
    resources.addAll(Trees.texts(names, "shortNames"));
    kinds.add(Trees.text(names, "kind"));
    kinds.add(Trees.text(names, "listKind"));
    resources.remove("");
    kinds.remove("");
  }

  private ObjectNode result(String now) {
    ObjectNode result = definition.deepCopy();
    ObjectNode status = Trees.child(result, "status");
    ObjectNode names = names(status);
    status.set("acceptedNames", names);
    Conditions.set(result, accepted, now);
    boolean good = accepted.status().equals("True");
    if (good && !Conditions.isTrue(result, "Established")) {
      String message = "the initial names have been accepted";
      Conditions.set(
          result, new Condition("Established", "True", "InitialNamesAccepted", message), now);
    } else if (Conditions.find(result, "Established").isEmpty()) {
      Conditions.set(
          result,
          new Condition("Established", "False", "NotAccepted", "not all names are accepted"),
          now);
    }
    approval(result, now);
    return result;
  }

  private ObjectNode names(ObjectNode status) {
    JsonNode present = Trees.at(status, "acceptedNames");
    JsonNode wanted = Trees.at(definition, "spec", "names");
    ObjectNode names = Trees.object();
    JsonNode categories = Trees.at(wanted, "categories");
    if (!categories.isMissingNode()) {
      names.set("categories", categories);
    }
    // The last conflict is the one that is told.
    one("plural", resources, wanted, present, names);
    one("singular", resources, wanted, present, names);
    shortNames(wanted, present, names);
    one("kind", kinds, wanted, present, names);
    one("listKind", kinds, wanted, present, names);
    return names;
  }

  private void one(
      String field, Set<String> taken, JsonNode wanted, JsonNode present, ObjectNode names) {
    String name = Trees.text(wanted, field);
    String had = Trees.text(present, field);
    if (!name.equals(had) && taken.contains(name)) {
      refuse(
          field.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
              + field.substring(1)
              + "Conflict",
          '"' + name + "\" is already in use");
      name = had;
    }
    if (!name.isEmpty() || field.equals("plural") || field.equals("kind")) {
      names.put(field, name);
    }
  }

  private void shortNames(JsonNode wanted, JsonNode present, ObjectNode names) {
    List<String> had = Trees.texts(present, "shortNames");
    List<String> given = Trees.texts(wanted, "shortNames");
    var problems = new ArrayList<String>();
    for (String name : given) {
      if (!had.contains(name) && resources.contains(name)) {
        problems.add('"' + name + "\" is already in use");
      }
    }
    if (!problems.isEmpty()) {
      String all = String.join(", ", problems);
      refuse("ShortNamesConflict", problems.size() == 1 ? all : "[" + all + "]");
    }
    List<String> result = problems.isEmpty() ? given : had;
    if (!result.isEmpty()) {
      result.forEach(names.putArray("shortNames")::add);
    }
  }

  private void refuse(String reason, String message) {
    accepted = new Condition("NamesAccepted", "False", reason, message);
  }

  /// Groups that belong to Kubernetes need somebody's approval.
  private void approval(ObjectNode result, String now) {
    String group = Trees.text(definition, "spec", "group");
    boolean guarded =
        group.equals("k8s.io")
            || group.endsWith(".k8s.io")
            || group.equals("kubernetes.io")
            || group.endsWith(".kubernetes.io");
    if (!guarded) {
      return;
    }
    String type = "KubernetesAPIApprovalPolicyConformant";
    String annotation =
        Trees.text(definition, "metadata", "annotations", "api-approved.kubernetes.io");
    Condition condition;
    if (annotation.isEmpty()) {
      String message =
          "protected groups must have approval annotation \"api-approved.kubernetes.io\", see"
              + " https://github.com/kubernetes/enhancements/pull/1111";
      condition = new Condition(type, "False", "MissingAnnotation", message);
    } else if (annotation.startsWith("unapproved")) {
      String message = "not approved: \"" + annotation + '"';
      condition = new Condition(type, "False", "UnapprovedAnnotation", message);
    } else {
      condition = new Condition(type, "True", "ApprovedAnnotation", "approved in " + annotation);
    }
    Conditions.set(result, condition, now);
  }
}
