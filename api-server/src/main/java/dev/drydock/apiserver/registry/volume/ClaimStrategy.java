package dev.drydock.apiserver.registry.volume;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.ClaimRules;
import dev.drydock.apiserver.registry.pod.PodWarnings;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Sameness;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumeClaims: what they ask for never changes, but its size may grow.
public final class ClaimStrategy implements ResourceStrategy {
  private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

  /// The two forms of a data source are one; the namespace makes the newer one differ.
  @Override
  public void applyDefaults(ObjectNode claim) {
    if (claim.get("spec") instanceof ObjectNode spec) {
      JsonNode source = spec.get("dataSource");
      JsonNode reference = spec.get("dataSourceRef");
      if (source != null && reference == null && isOfOldKind(source)) {
        spec.set("dataSourceRef", source.deepCopy());
      } else if (source == null && reference != null && !Trees.isFilled(reference, "namespace")) {
        spec.set("dataSource", reference.deepCopy());
      }
    }
  }

  /// The older form has always been for these two, and forgot all others.
  private static boolean isOfOldKind(JsonNode source) {
    String kind = Trees.text(source, "kind");
    String group = Trees.text(source, "apiGroup");
    return (kind.equals("PersistentVolumeClaim") && group.isEmpty())
        || (kind.equals("VolumeSnapshot") && group.equals("snapshot.storage.k8s.io"));
  }

  @Override
  public void prepareForCreate(ObjectNode claim) {
    claim.putObject("status").put("phase", "Pending");
    if (claim.get("spec") instanceof ObjectNode spec) {
      // Other namespaces are a feature that is off.
      if (Trees.isFilled(spec, "dataSourceRef", "namespace")) {
        spec.remove("dataSourceRef");
      }
      if (!spec.has("dataSourceRef") && !isOfOldKind(Trees.at(spec, "dataSource"))) {
        spec.remove("dataSource");
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode claim, Violations found) {
    Field root = Field.root(claim);
    ClaimRules.checkSpec(root.child("spec"), found);
    warn(root, found);
  }

  private static void warn(Field claim, Violations found) {
    if (claim.child("metadata", "annotations").child(OLD_CLASS).isPresent()) {
      found.warn(
          "metadata.annotations["
              + OLD_CLASS
              + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
    }
    for (String list : List.of("requests", "limits")) {
      PodWarnings.tellFraction(claim.child("spec", "resources").child(list), "storage", found);
    }
  }

  @Override
  public void validateUpdate(ObjectNode claim, ObjectNode before, Violations found) {
    if (!Objects.equals(claim.get("status"), before.get("status"))) {
      ClaimStatusRules.check(Field.root(claim).child("status"), found);
    }
    if (Objects.equals(claim.get("spec"), before.get("spec"))
        && Objects.equals(oldClass(claim), oldClass(before))) {
      return;
    }
    validateCreate(claim, found);
    if (!(claim.get("spec") instanceof ObjectNode spec)
        || !(before.get("spec") instanceof ObjectNode old)) {
      return;
    }
    ObjectNode comparable = spec.deepCopy();
    checkClass(claim, before, comparable, found);
    undoAllowed(comparable, old, Trees.text(claim, "status", "phase").equals("Bound"));
    if (!Sameness.same(comparable, old)) {
      found.add(
          FieldError.forbidden(
              "spec",
              "spec is immutable after creation except resources.requests and"
                  + " volumeAttributesClassName for bound claims\n"));
    }
    checkSize(spec, old, before, found);
    Field root = Field.root(claim);
    // The real path leaves `spec` out.
    found.unchanged(
        root.child("volumeMode").showing(Trees.at(spec, "volumeMode")),
        Trees.at(old, "volumeMode"));
    checkAttributes(root.child("spec", "volumeAttributesClassName"), old, found);
  }

  private static JsonNode oldClass(ObjectNode claim) {
    return Trees.at(claim, "metadata", "annotations", OLD_CLASS);
  }

  /// The class may move from the annotation to the field, and may be given where it was not.
  private static void checkClass(
      ObjectNode claim, ObjectNode before, ObjectNode comparable, Violations found) {
    String was = oldClass(before).stringValue("");
    String now = oldClass(claim).stringValue("");
    boolean had = !oldClass(before).isMissingNode();
    boolean unset = !Trees.has(before, "spec", "storageClassName");
    boolean asAnnotated =
        unset
            && had
            && Trees.text(comparable, "storageClassName").equals(was)
            && comparable.has("storageClassName");
    boolean moved = asAnnotated && (oldClass(claim).isMissingNode() || now.equals(was));
    if (!moved && !now.equals(was)) {
      found.add(FieldError.invalid("metadata.annotations." + OLD_CLASS, now, "field is immutable"));
    }
    if (moved || (unset && (!had || asAnnotated))) {
      comparable.remove("storageClassName");
    }
  }

  /// Undoes what may change, so that nothing is left but what may not.
  private static void undoAllowed(ObjectNode spec, ObjectNode old, boolean bound) {
    if (Trees.text(old, "volumeName").isEmpty()) {
      Trees.restore(spec, old, "volumeName");
    }
    if (!bound) {
      return;
    }
    if (spec.has("volumeAttributesClassName")) {
      Trees.restore(spec, old, "volumeAttributesClassName");
    }
    if (Trees.at(spec, "resources", "requests") instanceof ObjectNode requests
        && Trees.at(old, "resources", "requests") instanceof ObjectNode oldRequests) {
      Trees.restore(requests, oldRequests, "storage");
    }
  }

  private static void checkAttributes(Field attributes, ObjectNode old, Violations found) {
    if (!Trees.has(old, "volumeAttributesClassName")) {
      return;
    }
    if (!attributes.isPresent()) {
      found.forbidden(attributes, "update from non-nil value to nil is forbidden");
    } else if (attributes.isEmpty() && !Trees.text(old, "volumeAttributesClassName").isEmpty()) {
      found.forbidden(attributes, "update from non-nil value to an empty string is forbidden");
    }
  }

  private static void checkSize(
      ObjectNode spec, ObjectNode old, ObjectNode before, Violations found) {
    Quantity now = storage(spec, "resources", "requests", "storage");
    Quantity was = storage(old, "resources", "requests", "storage");
    if (now.compareTo(was) >= 0) {
      return;
    }
    Quantity given = storage(before, "status", "capacity", "storage");
    if (given.compareTo(now) >= 0) {
      found.add(
          FieldError.forbidden(
              "spec.resources.requests.storage", "field can not be less than status.capacity"));
    }
  }

  private static Quantity storage(ObjectNode object, String... path) {
    String text = Trees.text(object, path);
    return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
  }
}
