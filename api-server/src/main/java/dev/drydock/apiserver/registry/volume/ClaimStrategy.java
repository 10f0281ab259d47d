package dev.drydock.apiserver.registry.volume;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.ClaimRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
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
      if (source != null && reference == null) {
        spec.set("dataSourceRef", source.deepCopy());
      } else if (source == null && reference != null && !Trees.isFilled(reference, "namespace")) {
        spec.set("dataSource", reference.deepCopy());
      }
    }
  }

  @Override
  public void prepareForCreate(ObjectNode claim) {
    claim.putObject("status").put("phase", "Pending");
  }

  @Override
  public void validateCreate(ObjectNode claim, Violations found) {
    Field root = Field.root(claim);
    ClaimRules.checkSpec(root.child("spec"), found);
    warn(root, found);
  }

  private static void warn(Field claim, Violations found) {
    Field old = claim.child("metadata", "annotations").child(OLD_CLASS);
    if (old.isPresent()) {
      found.warn(
          "metadata.annotations["
              + OLD_CLASS
              + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
    }
    String size = claim.child("spec", "resources").child("requests", "storage").text();
    if (size.endsWith("m")) {
      found.warn(
          "spec.resources.requests[storage]: fractional byte value \""
              + size
              + "\" is invalid, must be an integer");
    }
  }

  @Override
  public void validateUpdate(ObjectNode claim, ObjectNode before, Violations found) {
    if (Objects.equals(claim.get("spec"), before.get("spec"))) {
      return;
    }
    validateCreate(claim, found);
    if (!(claim.get("spec") instanceof ObjectNode spec)
        || !(before.get("spec") instanceof ObjectNode old)) {
      return;
    }
    ObjectNode comparable = spec.deepCopy();
    undoAllowed(comparable, old, Trees.text(claim, "status", "phase").equals("Bound"));
    if (!comparable.equals(old)) {
      found.add(
          FieldError.forbidden(
              "spec",
              "spec is immutable after creation except resources.requests and"
                  + " volumeAttributesClassName for bound claims\n"));
    }
    checkSize(spec, old, before, found);
    found.unchanged(
        Field.root(claim).child("spec", "volumeMode"), Trees.at(before, "spec", "volumeMode"));
  }

  /// Undoes what may change, so that nothing is left but what may not.
  private static void undoAllowed(ObjectNode spec, ObjectNode old, boolean bound) {
    if (Trees.text(old, "volumeName").isEmpty()) {
      Trees.restore(spec, old, "volumeName");
    }
    if (!old.has("storageClassName")) {
      Trees.restore(spec, old, "storageClassName");
    }
    Trees.restore(spec, old, "volumeAttributesClassName");
    if (bound
        && Trees.at(spec, "resources", "requests") instanceof ObjectNode requests
        && Trees.at(old, "resources", "requests") instanceof ObjectNode oldRequests) {
      Trees.restore(requests, oldRequests, "storage");
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
