package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.request.DeleteOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// CustomResourceDefinitions. What is more than one object's business (names that others have, the
/// end of the objects) is `apiserver.definitions`'.
public final class DefinitionStrategy implements ResourceStrategy {
  private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
  private static final long HTTPS = 443;

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
    object.remove("status");
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
        ArrayNode stored = Trees.list(Trees.child(object, "status"), "storedVersions");
        if (!Trees.texts(object, "status", "storedVersions").contains(name)) {
          stored.add(name);
        }
        return;
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    DefinitionRules.check(object, null, found);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode before, Violations found) {
    DefinitionRules.check(object, before, found);
  }

  @Override
  public Duration beginDeletion(ObjectNode object, DeleteOptions options) {
    List<String> present = Trees.texts(object, "metadata", "finalizers");
    if (!present.contains(CLEANUP)) {
      Trees.list(Trees.child(object, "metadata"), "finalizers").add(CLEANUP);
    }
    return Duration.ZERO;
  }
}
