package dev.drydock.testkit.api;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.resource.Deletion;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the API does to an object on its way into the store, as far as the fake imitates it.
final class FakeRules {
  private static final Set<String> WITH_STATUS =
      Set.of(
          "pods",
          "nodes",
          "services",
          "namespaces",
          "replicationcontrollers",
          "resourcequotas",
          "persistentvolumes",
          "persistentvolumeclaims",
          "deployments.apps",
          "replicasets.apps",
          "daemonsets.apps",
          "statefulsets.apps",
          "poddisruptionbudgets.policy");
  private static final List<String> KEPT =
      List.of(
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "resourceVersion");

  private final InstantSource clock;
  private final AtomicLong serial = new AtomicLong();

  FakeRules(InstantSource clock) {
    this.clock = clock;
  }

  private String now() {
    return KubernetesTime.seconds(clock.instant());
  }

  private static boolean hasStatus(ResourceType type) {
    return WITH_STATUS.contains(type.qualifiedResource());
  }

  ObjectNode seeded(ObjectNode tree) {
    ObjectNode metadata = FakeTrees.metadata(tree);
    long number = serial.incrementAndGet();
    if (!metadata.has("uid")) {
      metadata.put("uid", "uid-" + number);
    }
    if (!metadata.has("creationTimestamp")) {
      metadata.put("creationTimestamp", now());
    }
    if (!metadata.has("generation") && tree.has("spec")) {
      metadata.put("generation", 1);
    }
    return tree;
  }

  ObjectNode created(ResourceType type, ObjectNode body) {
    ObjectNode tree = body.deepCopy();
    ObjectNode metadata = FakeTrees.metadata(tree);
    KEPT.forEach(metadata::remove);
    String prefix = metadata.path("generateName").asString("");
    if (metadata.path("name").asString("").isEmpty()) {
      if (prefix.isEmpty()) {
        throw ApiException.badRequest("name or generateName is required");
      }
      metadata.put("name", prefix + String.format("%05d", serial.incrementAndGet()));
    }
    if (hasStatus(type)) {
      tree.remove("status");
    }
    switch (type.qualifiedResource()) {
      case "pods" -> tree.putObject("status").put("phase", "Pending");
      case "namespaces" -> {
        tree.withObject("spec").putArray("finalizers").add("kubernetes");
        tree.putObject("status").put("phase", "Active");
      }
      default -> {}
    }
    return seeded(tree);
  }

  ObjectNode replaced(ResourceType type, String subresource, ObjectNode present, ObjectNode body) {
    checkUid(type, present, body);
    ObjectNode next;
    switch (subresource) {
      case "" -> {
        next = body.deepCopy();
        ObjectNode metadata = FakeTrees.metadata(next);
        KEPT.forEach(field -> FakeTrees.copyField(FakeTrees.metadata(present), metadata, field));
        if (hasStatus(type)) {
          FakeTrees.copyField(present, next, "status");
        }
        if (present.has("spec")
            && !FakeTrees.sameBesides(present, next, List.of("metadata", "status"))) {
          metadata.put("generation", metadata.path("generation").asLong(0) + 1);
        }
      }
      case "status" -> {
        next = present.deepCopy();
        FakeTrees.copyField(body, next, "status");
        FakeTrees.copyField(FakeTrees.metadata(body), FakeTrees.metadata(next), "annotations");
      }
      case "finalize" -> {
        next = present.deepCopy();
        FakeTrees.copyField(body.withObject("spec"), next.withObject("spec"), "finalizers");
      }
      default -> throw new IllegalArgumentException("the fake has no " + subresource);
    }
    return next;
  }

  /// To a patch the uid is no precondition but a field that can't change.
  static void checkPatched(ResourceType type, ObjectNode present, ObjectNode body) {
    String wanted = body.path("metadata").path("uid").asString("");
    if (!wanted.isEmpty() && !wanted.equals(present.path("metadata").path("uid").asString(""))) {
      throw ApiException.invalid(
          type,
          FakeTrees.key(present).name(),
          List.of(FieldError.invalid("metadata.uid", wanted, "field is immutable")));
    }
  }

  private static void checkUid(ResourceType type, ObjectNode present, ObjectNode body) {
    String wanted = body.path("metadata").path("uid").asString("");
    String actual = present.path("metadata").path("uid").asString("");
    if (!wanted.isEmpty() && !wanted.equals(actual)) {
      throw preconditionFailed(type, present, "UID", wanted, actual);
    }
  }

  private static ApiException preconditionFailed(
      ResourceType type, ObjectNode present, String what, String wanted, String actual) {
    return ApiException.conflict(
        type,
        FakeTrees.key(present).name(),
        "Precondition failed: "
            + what
            + " in precondition: "
            + wanted
            + ", "
            + what
            + " in object meta: "
            + actual);
  }

  void checkPreconditions(ResourceType type, ObjectNode present, Deletion deletion) {
    String uid = present.path("metadata").path("uid").asString("");
    if (deletion.uid() != null && !deletion.uid().value().equals(uid)) {
      throw preconditionFailed(type, present, "UID", deletion.uid().value(), uid);
    }
    long revision = FakeTrees.revision(present);
    if (deletion.revision() != null && deletion.revision().value() != revision) {
      throw preconditionFailed(
          type,
          present,
          "ResourceVersion",
          deletion.revision().toString(),
          Long.toString(revision));
    }
  }

  /// The object with the marks of its deletion; [#mayGo] then tells whether that is all.
  ObjectNode deleted(ResourceType type, ObjectNode present, Deletion deletion) {
    ObjectNode next = present.deepCopy();
    ObjectNode metadata = FakeTrees.metadata(next);
    long grace = grace(type, present, deletion);
    boolean first = !metadata.has("deletionTimestamp");
    if (first) {
      metadata.put("deletionTimestamp", KubernetesTime.seconds(clock.instant().plusSeconds(grace)));
      metadata.put("deletionGracePeriodSeconds", grace);
      if (next.has("spec")) {
        metadata.put("generation", metadata.path("generation").asLong(0) + 1);
      }
    } else if (grace < metadata.path("deletionGracePeriodSeconds").asLong(0)) {
      metadata.put("deletionGracePeriodSeconds", grace);
    }
    if (first && deletion.propagation() == Deletion.Propagation.FOREGROUND) {
      metadata.withArray("finalizers").add("foregroundDeletion");
    }
    if (first && deletion.propagation() == Deletion.Propagation.ORPHAN) {
      metadata.withArray("finalizers").add("orphan");
    }
    if (type.qualifiedResource().equals("namespaces")) {
      next.withObject("status").put("phase", "Terminating");
    }
    return next;
  }

  private static long grace(ResourceType type, ObjectNode present, Deletion deletion) {
    String phase = present.path("status").path("phase").asString("");
    boolean graceful =
        type.qualifiedResource().equals("pods")
            && present.path("spec").has("nodeName")
            && !phase.equals("Succeeded")
            && !phase.equals("Failed");
    if (!graceful) {
      return 0;
    }
    return deletion.gracePeriod() != null
        ? deletion.gracePeriod().toSeconds()
        : present.path("spec").path("terminationGracePeriodSeconds").asLong(30);
  }

  /// Whether a deleted object has nothing left to wait for.
  boolean mayGo(ResourceType type, ObjectNode tree) {
    JsonNode metadata = tree.path("metadata");
    return metadata.has("deletionTimestamp")
        && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0
        && metadata.path("finalizers").isEmpty()
        && (!type.qualifiedResource().equals("namespaces")
            || tree.path("spec").path("finalizers").isEmpty());
  }

  ObjectNode bound(ResourceType type, ObjectNode pod, ObjectNode binding) {
    String name = FakeTrees.key(pod).name();
    if (pod.path("metadata").has("deletionTimestamp")) {
      throw ApiException.conflict(
          type, name, "pod " + name + " is being deleted, cannot be assigned to a host");
    }
    String present = pod.path("spec").path("nodeName").asString("");
    if (!present.isEmpty()) {
      throw ApiException.conflict(
          type, name, "pod " + name + " is already assigned to node \"" + present + "\"");
    }
    ObjectNode next = pod.deepCopy();
    next.withObject("spec").put("nodeName", binding.path("target").path("name").asString(""));
    ArrayNode conditions = next.withObject("status").withArray("conditions");
    conditions.removeIf(one -> one.path("type").asString("").equals("PodScheduled"));
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "True")
        .put("lastTransitionTime", now());
    return next;
  }
}
