package dev.drydock.apiserver.registry.storage;

import dev.drydock.apiserver.registry.pod.PodWarnings;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// StorageClasses: how volumes are made never changes.
public final class StorageClassStrategy implements ResourceStrategy {
  private static final int LONGEST_PARAMETERS = 256 * 1024;

  @Override
  public void validateCreate(ObjectNode storageClass, Violations found) {
    Field root = Field.root(storageClass);
    Field provisioner = root.child("provisioner");
    if (found.present(provisioner, "")) {
      Names.qualified(provisioner.text().toLowerCase(Locale.ROOT))
          .forEach(problem -> found.invalid(provisioner, problem));
    }
    checkParameters(root.child("parameters"), found);
    found.oneOf(root.child("reclaimPolicy"), List.of("Delete", "Retain"));
    found.requiredOneOf(
        root.child("volumeBindingMode"), List.of("Immediate", "WaitForFirstConsumer"));
    for (Field term : root.child("allowedTopologies").items()) {
      for (Field expression : term.child("matchLabelExpressions").items()) {
        found.present(expression.child("values"), "");
        found.conforms(expression.child("key"), Names::qualified);
      }
      PodWarnings.tellNodeTerm(term, found);
    }
  }

  static void checkParameters(Field parameters, Violations found) {
    long size = 0;
    for (Field.Entry entry : parameters.entries()) {
      if (entry.key().isEmpty()) {
        found.invalid(parameters, "field must not be empty.");
      }
      size += entry.key().length() + entry.value().text().length();
    }
    if (size > LONGEST_PARAMETERS) {
      found.tooLong(parameters, LONGEST_PARAMETERS);
    }
  }

  @Override
  public void validateUpdate(ObjectNode storageClass, ObjectNode before, Violations found) {
    Field root = Field.root(storageClass);
    validateCreate(storageClass, found);
    for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
      found.forbidChange(
          root.child(field), Trees.at(before, field), "updates to " + field + " are forbidden.");
    }
    found.unchanged(root.child("volumeBindingMode"), Trees.at(before, "volumeBindingMode"));
  }
}
