package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
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

  /// A template within a pod: only labels and annotations may stand beside its spec.
  static void checkTemplate(Field template, Violations found) {
    Field metadata = template.child("metadata");
    Labels.checkAnnotations(metadata.child("annotations"), found);
    Labels.check(metadata.child("labels"), found);
    for (String field : metadata.value().propertyNames()) {
      boolean unset = field.equals("creationTimestamp") && !metadata.child(field).isPresent();
      if (!field.equals("annotations") && !field.equals("labels") && !unset) {
        found.forbidden(metadata.child(field), "cannot be set");
      }
    }
    checkSpec(template.child("spec"), found);
  }

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
      found.add(
          FieldError.invalid(
              path, Quantity.parse(storage.text()).toString(), "must be greater than zero"));
    }
    Field storageClass = spec.child("storageClassName");
    if (!storageClass.isEmpty()) {
      found.conforms(storageClass, Names::subdomain);
    }
    found.oneOf(spec.child("volumeMode"), VOLUME_MODES);
    checkSources(spec, found);
    Field attributes = spec.child("volumeAttributesClassName");
    if (!attributes.isEmpty()) {
      found.conforms(attributes, Names::subdomain);
    }
  }

  /// Each mode is known, and the exclusive one stands alone.
  public static void checkAccessModes(Field modes, Violations found) {
    boolean single = false;
    boolean shared = false;
    for (Field mode : modes.items()) {
      boolean known = ACCESS_MODES.contains(mode.text());
      if (!known) {
        found.add(FieldError.notSupported(modes.path(), mode.text(), ACCESS_MODES));
      }
      boolean exclusive = mode.text().equals("ReadWriteOncePod");
      single |= exclusive;
      shared |= known && !exclusive;
    }
    if (single && shared) {
      found.forbidden(modes, "may not use ReadWriteOncePod with other access modes");
    }
  }

  private static void checkSources(Field spec, Violations found) {
    Field source = spec.child("dataSource");
    Field reference = spec.child("dataSourceRef");
    checkSource(source, found);
    checkSource(reference, found);
    Field namespace = reference.child("namespace");
    if (!namespace.isEmpty()) {
      found.conforms(namespace, Names::label);
      if (source.isPresent()) {
        found.invalid(
            spec,
            new InnerForm("{}"),
            "may not be specified when dataSourceRef.namespace is specified");
      }
    } else if (source.isPresent() && reference.isPresent() && !isSame(source, reference)) {
      found.invalid(spec, new InnerForm("{}"), "must match dataSourceRef");
    }
  }

  private static boolean isSame(Field source, Field reference) {
    return List.of("apiGroup", "kind", "name").stream()
        .allMatch(
            field ->
                source.child(field).isPresent() == reference.child(field).isPresent()
                    && source.child(field).text().equals(reference.child(field).text()));
  }

  private static void checkSource(Field source, Violations found) {
    if (!source.isPresent()) {
      return;
    }
    found.present(source.child("name"), "");
    found.present(source.child("kind"), "");
    Field group = source.child("apiGroup");
    if (group.isEmpty() && !source.child("kind").text().equals("PersistentVolumeClaim")) {
      found.invalid(
          source,
          source.child("kind").text(),
          "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    } else if (!group.isEmpty()) {
      found.conforms(group, Names::subdomain);
    }
  }
}
