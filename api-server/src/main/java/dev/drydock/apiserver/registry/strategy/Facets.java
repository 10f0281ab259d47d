package dev.drydock.apiserver.registry.strategy;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The restrictions that several kinds share.
public final class Facets {

  /// Only `status`, labels, annotations, finalizers and managed fields.
  public static final Subresource STATUS = new Subresource.Facet(Facets::restrictToStatus);

  /// No restriction, for writers that touch one field themselves.
  public static final Subresource.Facet ANYTHING = new Subresource.Facet((_, _) -> {});

  private Facets() {}

  /// What [#STATUS] does, for statuses with particulars.
  public static void restrictToStatus(ObjectNode object, ObjectNode before) {
    keepAllBut(object, before, List.of("metadata", "status"));
    Trees.restore(
        Trees.child(object, "metadata"),
        Trees.child(before.deepCopy(), "metadata"),
        "ownerReferences");
  }

  /// A facet that may touch metadata and one field of `spec`.
  ///
  /// @param check of every change
  public static Subresource specField(String field, Subresource.Check check) {
    return new Subresource.Facet(
        (object, before) -> {
          JsonNode wanted = Trees.at(object, "spec", field);
          keepAllBut(object, before, List.of("metadata"));
          ObjectNode spec =
              before.get("spec") instanceof ObjectNode present
                  ? present.deepCopy()
                  : Trees.object();
          if (wanted.isMissingNode()) {
            spec.remove(field);
          } else {
            spec.set(field, wanted);
          }
          object.set("spec", spec);
        },
        "spec",
        check);
  }

  /// Puts back every top-level field except those.
  public static void keepAllBut(ObjectNode object, ObjectNode before, List<String> free) {
    for (String name : List.copyOf(object.propertyNames())) {
      if (!free.contains(name)) {
        object.remove(name);
      }
    }
    for (Map.Entry<String, JsonNode> entry : before.properties()) {
      if (!free.contains(entry.getKey())) {
        object.set(entry.getKey(), entry.getValue());
      }
    }
  }
}
