package dev.drydock.apiserver.registry.namespace;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.request.DeleteOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Namespaces end when their content is gone: the finalizer `kubernetes` in their spec stands for
/// it, and only the sub-resource `finalize` takes it away.
public final class NamespaceStrategy implements ResourceStrategy {
  public static final Subresource FINALIZE =
      new Subresource.Facet(
          (object, before) -> {
            var finalizers = Trees.at(object, "spec", "finalizers");
            Facets.keepAllBut(object, before, List.of("metadata"));
            ObjectNode spec = Trees.object();
            if (finalizers.isArray() && !finalizers.isEmpty()) {
              spec.set("finalizers", finalizers);
            }
            object.set("spec", spec);
          },
          "spec");

  private static final Set<String> STANDARD = Set.of("kubernetes", "orphan", "foregroundDeletion");
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";
  private static final Traits TRAITS =
      Traits.USUAL.named(Names::label).selectableBy("status.phase");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode namespace) {
    String name = Trees.text(namespace, "metadata", "name");
    if (!name.isEmpty()) {
      label(namespace, name);
    }
  }

  @Override
  public void prepareForCreate(ObjectNode namespace) {
    label(namespace, Trees.text(namespace, "metadata", "name"));
    ObjectNode spec = Trees.child(namespace, "spec");
    var finalizers = new LinkedHashSet<>(Trees.texts(spec, "finalizers"));
    finalizers.add("kubernetes");
    ArrayNode list = spec.putArray("finalizers");
    finalizers.forEach(list::add);
    namespace.putObject("status").put("phase", "Active");
  }

  private static void label(ObjectNode namespace, String name) {
    Trees.child(Trees.child(namespace, "metadata"), "labels").put(NAME_LABEL, name);
  }

  @Override
  public void prepareForUpdate(ObjectNode namespace, ObjectNode before) {
    Trees.restore(namespace, before, "spec");
  }

  @Override
  public void validateCreate(ObjectNode namespace, Violations found) {
    for (Field finalizer : Field.root(namespace).child("spec", "finalizers").items()) {
      found.conforms(finalizer, Names::qualified);
      if (!finalizer.text().contains("/") && !STANDARD.contains(finalizer.text())) {
        found.invalid(
            finalizer, "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode namespace, ObjectNode before, Violations found) {
    validateCreate(namespace, found);
    boolean ends = Trees.has(namespace, "metadata", "deletionTimestamp");
    String phase = Trees.text(namespace, "status", "phase");
    // The real path has this capital letter.
    if (!ends && !phase.equals("Active")) {
      found.add(
          FieldError.invalid(
              "status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty"));
    } else if (ends && !phase.equals("Terminating")) {
      found.add(
          FieldError.invalid(
              "status.Phase",
              phase,
              "may only be 'Terminating' if `deletionTimestamp` is not empty"));
    }
  }

  @Override
  public Duration beginDeletion(ObjectNode namespace, DeleteOptions options) {
    Trees.child(namespace, "status").put("phase", "Terminating");
    return Duration.ZERO;
  }
}
