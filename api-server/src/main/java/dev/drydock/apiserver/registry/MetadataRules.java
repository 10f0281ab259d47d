package dev.drydock.apiserver.registry;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.NameRule;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Traits.Finalizers;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// What `metadata` must be like, for all kinds.
///
/// Source: limits and messages of `apimachinery/pkg/api/validation`.
final class MetadataRules {
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("kubernetes", "orphan", "foregroundDeletion");
  private static final List<String> KEPT =
      List.of("name", "namespace", "uid", "deletionTimestamp", "deletionGracePeriodSeconds");
  private static final Set<String> NO_OWNERS = Set.of("v1/Event");

  private MetadataRules() {}

  static void checkNew(ObjectNode object, Resource resource, Violations found) {
    Field metadata = Field.root(object).child("metadata");
    checkName(metadata, resource.strategy().traits().nameRule(), found);
    boolean namespaced = resource.type().isNamespaced();
    Field namespace = metadata.child("namespace");
    if (namespaced && namespace.isEmpty()) {
      found.required(namespace, "");
    } else if (!namespaced && !namespace.isEmpty()) {
      found.forbidden(namespace, "not allowed on this type");
    } else if (namespaced) {
      found.conforms(namespace, Names::label);
    }
    checkAll(metadata, resource.strategy().traits().finalizers(), found);
  }

  static void checkChanged(
      ObjectNode object, ObjectNode before, Resource resource, Violations found) {
    Field metadata = Field.root(object).child("metadata");
    checkAll(metadata, resource.strategy().traits().finalizers(), found);
    if (Metadata.isTerminating(before)) {
      var added = new TreeSet<>(Trees.texts(object, "metadata", "finalizers"));
      added.removeAll(Trees.texts(before, "metadata", "finalizers"));
      if (!added.isEmpty()) {
        found.forbidden(
            metadata.child("finalizers"),
            "no new finalizers can be added if the object is being deleted, found new finalizers"
                + " []string{\""
                + String.join("\", \"", added)
                + "\"}");
      }
    }
    for (String field : KEPT) {
      found.unchanged(metadata.child(field), Trees.at(before, "metadata", field));
    }
  }

  private static void checkName(Field metadata, NameRule rule, Violations found) {
    Field generateName = metadata.child("generateName");
    if (!generateName.isEmpty()) {
      for (String problem : Names.prefix(rule, generateName.text())) {
        found.invalid(generateName, problem);
      }
    }
    Field name = metadata.child("name");
    if (name.isEmpty()) {
      found.required(name, "name or generateName is required");
    } else {
      found.conforms(name, rule);
    }
  }

  private static void checkAll(Field metadata, Finalizers rule, Violations found) {
    Labels.check(metadata.child("labels"), found);
    Labels.checkAnnotations(metadata.child("annotations"), found);
    checkOwners(metadata.child("ownerReferences"), found);
    checkFinalizers(metadata.child("finalizers"), rule, found);
  }

  private static void checkFinalizers(Field finalizers, Finalizers rule, Violations found) {
    var seen = new ArrayList<String>();
    for (Field finalizer : finalizers.items()) {
      String name = finalizer.text();
      seen.add(name);
      Names.qualified(name)
          .forEach(problem -> found.add(FieldError.invalid(finalizers.path(), name, problem)));
    }
    if (seen.contains("orphan") && seen.contains("foregroundDeletion")) {
      found.invalid(finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
    }
    for (Field finalizer : finalizers.items()) {
      String name = finalizer.text();
      boolean known = name.contains("/") || STANDARD_FINALIZERS.contains(name);
      if (!known && rule == Finalizers.STANDARD) {
        found.invalid(
            finalizer, "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }

  private static void checkOwners(Field owners, Violations found) {
    String controller = "";
    for (Field owner : owners.items()) {
      // The real paths lack the index.
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.child(field).isEmpty()) {
          String what = field.equals("apiVersion") ? "version must" : "must";
          found.add(FieldError.invalid(owners.path() + "." + field, "", what + " not be empty"));
        }
      }
      String kind = owner.child("apiVersion").text() + "/" + owner.child("kind").text();
      if (NO_OWNERS.contains(kind)) {
        found.add(
            FieldError.invalid(
                owners.path(),
                Violations.shown(owner.value()),
                "/v1, Kind=Event is disallowed from being an owner"));
      }
      if (owner.child("controller").isTrue()) {
        String name = owner.child("kind").text() + "/" + owner.child("name").text();
        if (controller.isEmpty()) {
          controller = name;
        } else {
          found.invalid(
              owners,
              "Only one reference can have Controller set to true. Found \"true\" in references"
                  + " for "
                  + controller
                  + " and "
                  + name);
        }
      }
    }
  }
}
