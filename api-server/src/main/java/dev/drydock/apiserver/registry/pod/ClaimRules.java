package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What a claim for a volume must be like: of its own, within a pod, as a template of a
/// StatefulSet.
public final class ClaimRules {
  /// How a volume can be used, in alphabetical order.
  public static final List<String> ACCESS_MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

  private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

  private ClaimRules() {}

  /// @param spec of a PersistentVolumeClaim
  public static void checkSpec(Field spec, Violations found) {
    Field modes = spec.child("accessModes");
    if (modes.isEmpty()) {
      found.required(modes, "at least 1 access mode is required");
    }
    Labels.checkSelector(spec.child("selector"), found);
    checkAccessModes(modes, found);
    Field storage = spec.child("resources", "requests").child("storage");
    String path = spec.child("resources").path() + "[storage]";
    if (!storage.isPresent()) {
      found.add(FieldError.required(path, ""));
    } else if (Quantity.parse(storage.text()).signum() <= 0) {
      found.add(FieldError.invalid(path, storage.text(), "must be greater than zero"));
    }
    Field storageClass = spec.child("storageClassName");
    if (!storageClass.isEmpty()) {
      found.conforms(storageClass, Names::subdomain);
    }
    found.oneOf(spec.child("volumeMode"), VOLUME_MODES);
    checkSource(spec.child("dataSource"), found);
    checkSource(spec.child("dataSourceRef"), found);
    Field attributes = spec.child("volumeAttributesClassName");
    if (!attributes.isEmpty()) {
      found.conforms(attributes, Names::subdomain);
    }
  }

  /// Each mode is known, and the exclusive one stands alone.
  public static void checkAccessModes(Field modes, Violations found) {
    boolean single = false;
    for (Field mode : modes.items()) {
      if (!ACCESS_MODES.contains(mode.text())) {
        found.add(FieldError.notSupported(modes.path(), mode.text(), ACCESS_MODES));
      }
      single |= mode.text().equals("ReadWriteOncePod");
    }
    if (single && modes.items().size() > 1) {
      found.forbidden(modes, "may not use ReadWriteOncePod with other access modes");
    }
  }

  private static void checkSource(Field source, Violations found) {
    if (!source.isPresent()) {
      return;
    }
    found.present(source.child("name"), "");
    found.present(source.child("kind"), "");
    if (source.child("apiGroup").isEmpty()
        && !source.child("kind").text().equals("PersistentVolumeClaim")) {
      found.add(
          FieldError.invalid(
              source.path(),
              source.child("kind").text(),
              "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
    }
  }
}
