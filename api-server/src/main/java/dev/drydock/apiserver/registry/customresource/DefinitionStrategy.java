package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.schema.UnknownFormats;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// CustomResourceDefinitions. What is more than one object's business (names that others have, the
/// end of the objects) is `apiserver.definitions`'.
public final class DefinitionStrategy implements ResourceStrategy {
  /// A status is taken as it is, but for the spelling of names; without stored versions it has
  /// the one in which objects are stored.
  public static final Subresource STATUS =
      new Subresource.Facet(
          (object, before) -> {
            Facets.restrictToStatus(object, before);
            if (Trees.texts(object, "status", "storedVersions").isEmpty()) {
              rememberStored(object);
            }
          },
          "status",
          (strategy, object, before, found) -> DefinitionRules.checkStatus(object, found));

  private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
  private static final long HTTPS = 443;

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public Traits traits() {
    return Traits.USUAL.counting().withAnyFinalizers();
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (!(object.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    if (spec.get("names") instanceof ObjectNode names) {
      String kind = Trees.text(names, "kind");
      if (!kind.isEmpty()) {
        fill(names, "singular", kind.toLowerCase(Locale.ROOT));
        fill(names, "listKind", kind + "List");
      }
    }
    if (Trees.at(spec, "conversion", "webhook", "clientConfig", "service")
        instanceof ObjectNode service) {
      Trees.putDefault(service, "port", HTTPS);
    }
  }

  private static void fill(ObjectNode names, String field, String value) {
    if (Trees.text(names, field).isEmpty()) {
      names.put(field, value);
    }
  }

  @Override
  public void prepareForCreate(ObjectNode object) {
    ObjectNode status = Trees.object();
    // In Go, all of these are there from the start.
    status.putNull("conditions");
    status.putObject("acceptedNames").put("plural", "").put("kind", "");
    object.set("status", status);
    rememberStored(object);
  }

  @Override
  public void prepareForUpdate(ObjectNode object, ObjectNode before) {
    rememberStored(object);
  }

  /// The version in which objects are stored from now on is one in which some may be stored.
  private static void rememberStored(ObjectNode object) {
    for (ObjectNode version : Trees.objects(object, "spec", "versions")) {
      String name = Trees.text(version, "name");
      if (Trees.isTrue(version, "storage")) {
        if (!Trees.texts(object, "status", "storedVersions").contains(name)) {
          // The status may be that of the object before, which must stay as it is.
          ObjectNode status = Trees.child(object, "status").deepCopy();
          Trees.list(status, "storedVersions").add(name);
          object.set("status", status);
        }
        return;
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    DefinitionRules.check(object, null, found);
    warn(object, Set.of(), found);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode before, Violations found) {
    DefinitionRules.check(object, before, found);
    warn(object, unknownFormats(before), found);
  }

  /// @param known of which nobody is warned again
  private static void warn(ObjectNode object, Set<String> known, Violations found) {
    if (found.isEmpty()) {
      for (String format : unknownFormats(object)) {
        if (!known.contains(format)) {
          found.warn("unrecognized format \"" + format + '"');
        }
      }
    }
  }

  private static Set<String> unknownFormats(ObjectNode object) {
    var unknown = new LinkedHashSet<String>();
    for (ObjectNode version : Trees.objects(object, "spec", "versions")) {
      UnknownFormats.collect(Trees.at(version, "schema", "openAPIV3Schema"), unknown);
    }
    return unknown;
  }

  @Override
  public Duration beginDeletion(ObjectNode object, DeleteOptions options) {
    List<String> present = Trees.texts(object, "metadata", "finalizers");
    if (!present.contains(CLEANUP)) {
      Trees.list(Trees.child(object, "metadata"), "finalizers").add(CLEANUP);
    }
    return Duration.ZERO;
  }

  @Override
  public void deletionBegan(ObjectNode object) {
    ObjectNode metadata = Trees.child(object, "metadata");
    metadata.remove("deletionGracePeriodSeconds");
    // For definitions, their end is no new generation.
    metadata.put("generation", Trees.number(metadata, 1, "generation") - 1);
    ObjectNode status = Trees.child(object, "status").deepCopy();
    Trees.list(status, "conditions")
        .addObject()
        .put("type", "Terminating")
        .put("status", "True")
        .put("lastTransitionTime", Trees.text(metadata, "deletionTimestamp"))
        .put("reason", "InstanceDeletionPending")
        .put(
            "message",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin"
                + " soon");
    object.set("status", status);
  }
}
