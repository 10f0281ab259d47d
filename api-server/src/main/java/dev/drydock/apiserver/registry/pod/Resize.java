package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sub-resource `resize`: what the containers of a pod, and the pod as a whole, may use.
public final class Resize {
  static final List<String> LISTS = List.of("containers", "initContainers");
  private static final List<String> FREE = List.of("resources", "resizePolicy");

  /// Nothing but resources can be written through it, not even labels.
  public static final Subresource FACET =
      new Subresource.Facet(Resize::restrict, "spec", ResizeRules::check);

  private Resize() {}

  private static void restrict(ObjectNode object, ObjectNode before) {
    ObjectNode wanted = Trees.child(object, "spec");
    ObjectNode sent = Trees.child(object, "metadata");
    Facets.keepAllBut(object, before, List.of("metadata"));
    Facets.keepAllBut(
        sent, Trees.child(before, "metadata").deepCopy(), List.of("resourceVersion", "uid"));
    ObjectNode spec = Trees.child(before, "spec").deepCopy();
    object.set("spec", isSameList(wanted, spec) ? merged(spec, wanted) : wanted);
  }

  /// Whoever adds, removes or renames containers is told so.
  private static boolean isSameList(ObjectNode wanted, ObjectNode spec) {
    return LISTS.stream().allMatch(list -> names(wanted, list).equals(names(spec, list)));
  }

  static List<String> names(JsonNode spec, String list) {
    return Trees.objects(spec, list).stream().map(one -> Trees.text(one, "name")).toList();
  }

  private static ObjectNode merged(ObjectNode spec, ObjectNode wanted) {
    Trees.restore(spec, wanted, "resources");
    for (String list : LISTS) {
      List<ObjectNode> now = Trees.objects(wanted, list);
      List<ObjectNode> kept = Trees.objects(spec, list);
      for (int i = 0; i < kept.size(); i++) {
        for (String field : FREE) {
          Trees.restore(kept.get(i), now.get(i), field);
        }
      }
    }
    return spec;
  }
}
