package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Sub-resource `status`: what a writer that is older than a field leaves out of it stays, and
/// what it says about the pod's end is passed over.
public final class PodStatus {
  public static final Subresource FACET =
      new Subresource.Facet(
          (object, before) -> {
            Facets.restrictToStatus(object, before);
            Trees.child(object, "metadata").remove("deletionTimestamp");
            keepQuality(Trees.child(object, "status"), before);
            keepGenerations(Trees.child(object, "status"), before);
          });

  private PodStatus() {}

  private static void keepQuality(ObjectNode status, ObjectNode before) {
    String quality = Trees.text(before, "status", "qosClass");
    if (Trees.text(status, "qosClass").isEmpty() && !quality.isEmpty()) {
      status.put("qosClass", quality);
    }
  }

  private static void keepGenerations(ObjectNode status, ObjectNode before) {
    keepGeneration(status, Trees.number(before, 0, "status", "observedGeneration"));
    List<ObjectNode> old = new ArrayList<>(Trees.objects(before, "status", "conditions"));
    for (ObjectNode condition : Trees.objects(status, "conditions")) {
      String type = Trees.text(condition, "type");
      for (ObjectNode was : List.copyOf(old)) {
        if (Trees.text(was, "type").equals(type)) {
          keepGeneration(condition, Trees.number(was, 0, "observedGeneration"));
          old.remove(was);
          break;
        }
      }
    }
  }

  private static void keepGeneration(ObjectNode holder, long before) {
    if (Trees.number(holder, 0, "observedGeneration") == 0 && before != 0) {
      holder.set("observedGeneration", Trees.whole(before));
    }
  }
}
