package dev.drydock.apiserver.registry.storage;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodWarnings;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// StorageClasses: how volumes are made never changes.
public final class StorageClassStrategy implements ResourceStrategy {
  private static final int MOST_PARAMETERS = 512;
  private static final int LONGEST_PARAMETERS = 256 * 1024;

  @Override
  public void validateCreate(ObjectNode storageClass, Violations found) {
    Field root = Field.root(storageClass);
    Field provisioner = root.child("provisioner");
    checkProvisioner(provisioner, found);
    checkParameters(root.child("parameters"), found);
    found.oneOf(root.child("reclaimPolicy"), List.of("Delete", "Retain"));
    found.requiredOneOf(
        root.child("volumeBindingMode"), List.of("Immediate", "WaitForFirstConsumer"));
    var seen = new HashSet<Map<String, Set<String>>>(Set.of(Map.of()));
    for (Field term : root.child("allowedTopologies").items()) {
      if (!seen.add(checkTopology(term, found))) {
        found.add(FieldError.duplicate(term.child("matchLabelExpressions").path(), ""));
      }
      PodWarnings.tellNodeTerm(term, found);
    }
  }

  private static Map<String, Set<String>> checkTopology(Field term, Violations found) {
    var values = new HashMap<String, Set<String>>();
    for (Field expression : term.child("matchLabelExpressions").items()) {
      found.present(expression.child("values"), "");
      var seen = new HashSet<String>();
      for (Field value : expression.child("values").items()) {
        if (!seen.add(value.text())) {
          found.duplicate(value);
        }
      }
      Field key = expression.child("key");
      found.conforms(key, Names::qualified);
      if (values.put(key.text(), seen) != null) {
        found.duplicate(key);
      }
    }
    return values;
  }

  /// Who makes volumes, or changes them.
  static void checkProvisioner(Field provisioner, Violations found) {
    if (found.present(provisioner, "")) {
      String lower = provisioner.text().toLowerCase(Locale.ROOT);
      for (String problem : Names.qualified(lower)) {
        found.add(FieldError.invalid(provisioner.path(), lower, problem));
      }
    }
  }

  static void checkParameters(Field parameters, Violations found) {
    if (parameters.entries().size() > MOST_PARAMETERS) {
      found.tooLong(parameters, MOST_PARAMETERS);
      return;
    }
    long size = 0;
    for (Field.Entry entry : parameters.entries()) {
      if (entry.key().isEmpty()) {
        found.add(FieldError.invalid(parameters.path(), "", "field can not be empty."));
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
