package dev.drydock.apiserver.registry;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Traits.Generation;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server itself writes into `metadata`.
final class Metadata {
  /// Whatever a client says about these is passed over.
  private static final List<String> SERVERS_COUNT = List.of("creationTimestamp", "generation");

  /// What only a deletion sets.
  private static final List<String> OF_DELETION =
      List.of("deletionTimestamp", "deletionGracePeriodSeconds");

  private final Sources sources;

  Metadata(Sources sources) {
    this.sources = sources;
  }

  static ObjectNode of(ObjectNode object) {
    return Trees.child(object, "metadata");
  }

  static boolean isTerminating(ObjectNode object) {
    return Trees.has(object, "metadata", "deletionTimestamp");
  }

  /// Whether something still keeps the object although it is to go.
  static boolean isHeld(ObjectNode object) {
    return !Trees.at(object, "metadata", "finalizers").isEmpty()
        || (Trees.text(object, "apiVersion").equals("v1")
            && !Trees.texts(object, "spec", "finalizers").isEmpty());
  }

  /// Whether nothing keeps an object any more that was told to go.
  static boolean isDone(ObjectNode object) {
    return isTerminating(object)
        && !isHeld(object)
        && Trees.number(object, 0, "metadata", "deletionGracePeriodSeconds") == 0;
  }

  void prepareForCreate(ObjectNode object, Resource resource) {
    ObjectNode metadata = of(object);
    metadata.remove(List.of("selfLink", "resourceVersion"));
    metadata.remove(SERVERS_COUNT);
    metadata.remove(OF_DELETION);
    metadata.put("uid", sources.uids().get().toString());
    metadata.put("creationTimestamp", KubernetesTime.seconds(sources.clock().instant()));
    if (resource.strategy().traits().generation() != Generation.NONE) {
      metadata.put("generation", 1);
    }
    String generateName = Trees.text(metadata, "generateName");
    if (Trees.text(metadata, "name").isEmpty() && !generateName.isEmpty()) {
      metadata.put("name", sources.nameLike(generateName));
    }
  }

  /// Checks that a new state is meant for the object that there is. A patch has no such
  /// precondition: to it a uid is a field that can't change.
  ///
  /// @param sent the new state
  static void checkPrecondition(Request request, ObjectNode sent, ObjectNode current) {
    String uid = Trees.text(sent, "metadata", "uid");
    String present = Trees.text(current, "metadata", "uid");
    if (uid.isEmpty() || uid.equals(present)) {
      return;
    }
    Target target = request.target();
    throw ApiException.conflict(
        target.type(),
        target.name(),
        "StorageError: invalid object, Code: 4, Key: "
            + request.resource().key(target.namespace(), target.name()).path()
            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in"
            + " precondition: "
            + uid
            + ", UID in object meta: "
            + present);
  }

  /// Checks the version that a change was meant for, and keeps what is the server's own.
  static void prepareForUpdate(ObjectNode object, ObjectNode before, Target target) {
    ObjectNode metadata = of(object);
    ObjectNode old = (ObjectNode) before.get("metadata");
    String version = Trees.text(metadata, "resourceVersion");
    if (!version.isEmpty()
        && !version.equals("0")
        && !version.equals(Trees.text(old, "resourceVersion"))) {
      throw ApiException.modifiedMeanwhile(target.type(), target.name());
    }
    metadata.remove("selfLink");
    if (Trees.text(metadata, "uid").isEmpty()) {
      Trees.restore(metadata, old, "uid");
    }
    for (String field : SERVERS_COUNT) {
      Trees.restore(metadata, old, field);
    }
    keepDeletion(metadata, old);
    Trees.restore(metadata, old, "resourceVersion");
    if (!metadata.has("generateName")) {
      Trees.restore(metadata, old, "generateName");
    }
  }

  /// A deletion that has begun can't be taken back. Whoever claims one that has not is told so by
  /// the rules for changes.
  private static void keepDeletion(ObjectNode metadata, ObjectNode old) {
    if (old.has("deletionTimestamp") || !Trees.has(metadata, "deletionTimestamp")) {
      Trees.restore(metadata, old, "deletionTimestamp");
    }
    if (!Trees.has(metadata, "deletionGracePeriodSeconds")) {
      Trees.restore(metadata, old, "deletionGracePeriodSeconds");
    }
  }

  /// Counts a change of what is wanted: of anything but metadata and status.
  ///
  /// @param facet through which the change comes; null: the object itself
  static void countGeneration(
      ObjectNode object, ObjectNode before, Resource resource, Subresource.@Nullable Facet facet) {
    boolean changed =
        switch (resource.strategy().traits().generation()) {
          case NONE -> false;
          case COUNTED -> !sameWishes(object, before, resource);
          case COUNTED_WITH_ANNOTATIONS ->
              !sameWishes(object, before, resource)
                  || (facet == null && !sameAnnotations(object, before));
        };
    if (changed) {
      increase(object);
    }
  }

  private static boolean sameAnnotations(ObjectNode object, ObjectNode before) {
    return Trees.textMap(object, "metadata", "annotations")
        .equals(Trees.textMap(before, "metadata", "annotations"));
  }

  static void increase(ObjectNode object) {
    ObjectNode metadata = of(object);
    metadata.set("generation", Trees.whole(Trees.number(metadata, 0, "generation") + 1));
  }

  private static boolean sameWishes(ObjectNode one, ObjectNode other, Resource resource) {
    return covers(one, other, resource) && covers(other, one, resource);
  }

  private static boolean covers(ObjectNode one, ObjectNode other, Resource resource) {
    for (Map.Entry<String, JsonNode> entry : one.properties()) {
      switch (entry.getKey()) {
        case "apiVersion", "kind", "metadata" -> {
          // not wishes
        }
        default -> {
          boolean told = entry.getKey().equals("status") && resource.hasStatus();
          if (!told && !entry.getValue().equals(other.get(entry.getKey()))) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
