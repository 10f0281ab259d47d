package dev.drydock.apiserver.registry.namespace;

import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.DeleteOptions;
import java.time.Duration;
import java.util.List;
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
          });

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
    Trees.child(namespace, "spec").putArray("finalizers").add("kubernetes");
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
  public Duration beginDeletion(ObjectNode namespace, DeleteOptions options) {
    Trees.child(namespace, "status").put("phase", "Terminating");
    return Duration.ZERO;
  }
}
