package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The status of a custom resource: nothing else can be written through it, not even labels.
final class StatusOnly {
  /// What says which state is meant, and who writes.
  private static final List<String> KEPT = List.of("resourceVersion", "managedFields");

  static final Subresource FACET =
      new Subresource.Facet(
          (object, before) -> {
            ObjectNode sent = Trees.child(object, "metadata");
            Facets.keepAllBut(object, before, List.of("status"));
            ObjectNode metadata = Trees.child(before, "metadata").deepCopy();
            for (String field : KEPT) {
              JsonNode value = sent.get(field);
              if (value != null) {
                metadata.set(field, value);
              }
            }
            object.set("metadata", metadata);
          });

  private StatusOnly() {}
}
