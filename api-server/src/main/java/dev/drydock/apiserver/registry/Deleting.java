package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.strategy.Claims.Claim;
import dev.drydock.apiserver.registry.strategy.Traits.Propagation;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Deletes objects: at once, or by marking them until their grace period is over and their
/// finalizers are gone.
final class Deleting {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";

  private final Objects objects;
  private final WritePath path;
  private final InstantSource clock;
  private final int workers;

  /// @param workers how many objects of a collection are deleted at once
  Deleting(Objects objects, WritePath path, InstantSource clock, int workers) {
    this.objects = objects;
    this.path = path;
    this.clock = clock;
    this.workers = workers;
  }

  Deleted delete(Request request, DeleteOptions options) {
    check(options);
    tell(request, options);
    return deleteOne(request, options);
  }

  /// What becomes of dependents, where that may surprise.
  private static void tell(Request request, DeleteOptions options) {
    String warning = request.resource().strategy().deletionWarning();
    if (options.propagation().isEmpty() && !warning.isEmpty()) {
      request.context().warnings().accept(warning);
    }
  }

  private Deleted deleteOne(Request request, DeleteOptions options) {
    Written written =
        objects.update(
            request.as(),
            request.target(),
            options.persistence(),
            current -> decide(request, options, current));
    return written.outcome() == Written.Outcome.REMOVED
        ? new Deleted.Gone(written)
        : new Deleted.Pending(written);
  }

  Deleted deleteAll(Request request, DeleteOptions options, ObjectList selected) {
    check(options);
    tell(request, options);
    var parallel = new Parallel<StoredObject, Optional<Deleted>>(workers);
    List<Optional<Deleted>> answers =
        parallel.map(selected.items(), object -> deleteOne(request, options, object));
    var each = new ArrayList<Deleted>();
    var items = new ArrayList<StoredObject>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).isPresent()) {
        each.add(answers.get(i).get());
        items.add(selected.items().get(i));
      }
    }
    return new Deleted.Collection(new ObjectList(items, selected.revision(), "", 0), each);
  }

  /// @return empty: somebody else was faster
  private Optional<Deleted> deleteOne(Request request, DeleteOptions options, StoredObject object) {
    Target one = new Target(request.target().type(), object.namespace(), object.name(), "");
    try {
      return Optional.of(
          deleteOne(new Request(request.as(), request.context(), one, request.options()), options));
    } catch (ApiException gone) {
      if (gone.isNotFound()) {
        return Optional.empty();
      }
      throw gone;
    }
  }

  private Wish decide(Request request, DeleteOptions options, @Nullable SharedObject current) {
    Target target = request.target();
    if (current == null) {
      throw ApiException.notFound(request.as().type(), target.name());
    }
    checkPreconditions(target, options, current);
    path.admitDeletion(request, current.tree());
    ObjectNode object = current.copyOfTree();
    boolean wasTerminating = Metadata.isTerminating(object);
    propagate(object, options.propagation(), request.resource());
    boolean changed = wasTerminating ? hasten(object, options) : begin(request, object, options);
    if (Metadata.isDone(object) || (!changed && !wasTerminating)) {
      return new Wish.Remove(object);
    }
    return object.equals(current.tree()) ? new Wish.Keep() : new Wish.Store(object, Claim.NOTHING);
  }

  /// Marks an object that was not marked.
  ///
  /// @return false: nothing keeps it
  private boolean begin(Request request, ObjectNode object, DeleteOptions options) {
    Duration grace = request.resource().strategy().beginDeletion(object, options);
    if (grace.isZero() && !Metadata.isHeld(object)) {
      return false;
    }
    mark(object, clock.instant(), grace.toSeconds());
    if (Trees.number(object, 0, "metadata", "generation") > 0) {
      Metadata.increase(object);
    }
    request.resource().strategy().deletionBegan(object);
    return true;
  }

  /// Shortens the grace period of an object that is ending already.
  private boolean hasten(ObjectNode object, DeleteOptions options) {
    long present = Trees.number(object, 0, "metadata", "deletionGracePeriodSeconds");
    Long wanted = options.gracePeriodSeconds();
    if (wanted == null || wanted >= present) {
      return false;
    }
    Instant end = KubernetesTime.parseOrEpoch(Trees.text(object, "metadata", "deletionTimestamp"));
    mark(object, end.minusSeconds(present), Math.max(0, wanted));
    return true;
  }

  private static void mark(ObjectNode object, Instant begin, long grace) {
    ObjectNode metadata = Metadata.of(object);
    metadata.put("deletionTimestamp", KubernetesTime.seconds(begin.plusSeconds(grace)));
    metadata.set("deletionGracePeriodSeconds", Trees.whole(grace));
  }

  private static void propagate(ObjectNode object, String propagation, Resource resource) {
    ObjectNode metadata = Metadata.of(object);
    var finalizers = new ArrayList<>(Trees.texts(metadata, "finalizers"));
    List<String> before = List.copyOf(finalizers);
    switch (propagation) {
      case "Orphan" -> {
        finalizers.remove(FOREGROUND);
        addOnce(finalizers, ORPHAN);
      }
      case "Foreground" -> {
        finalizers.remove(ORPHAN);
        addOnce(finalizers, FOREGROUND);
      }
      case "Background" -> finalizers.removeAll(List.of(ORPHAN, FOREGROUND));
      default -> {
        if (resource.strategy().traits().propagation() == Propagation.ORPHAN
            && !finalizers.contains(FOREGROUND)) {
          addOnce(finalizers, ORPHAN);
        }
      }
    }
    if (!finalizers.equals(before)) {
      ArrayNode list = metadata.putArray("finalizers");
      finalizers.forEach(list::add);
      if (finalizers.isEmpty()) {
        metadata.remove("finalizers");
      }
    }
  }

  private static void addOnce(List<String> finalizers, String name) {
    if (!finalizers.contains(name)) {
      finalizers.add(name);
    }
  }

  private static void checkPreconditions(
      Target target, DeleteOptions options, SharedObject current) {
    if (!options.uid().isEmpty()) {
      String uid = current.uid();
      if (!options.uid().equals(uid)) {
        throw ApiException.conflict(
            byKind(target.type()),
            target.name(),
            "the UID in the precondition ("
                + options.uid()
                + ") does not match the UID in record ("
                + uid
                + "). The object might have been deleted and then recreated");
      }
    }
    String version = options.resourceVersion();
    if (!version.isEmpty() && !version.equals(current.revision().toString())) {
      throw ApiException.conflict(
          byKind(target.type()),
          target.name(),
          "the ResourceVersion in the precondition ("
              + version
              + ") does not match the ResourceVersion in record ("
              + current.revision()
              + "). The object might have been modified");
    }
  }

  /// As messages about preconditions name a type.
  private static ResourceType byKind(ResourceType type) {
    return new ResourceType(type.group(), type.version(), type.kind(), type.kind(), type.scope());
  }

  private static void check(DeleteOptions options) {
    if (!List.of("", "Foreground", "Background", "Orphan").contains(options.propagation())) {
      FieldError error =
          FieldError.notSupported(
              "propagationPolicy",
              options.propagation(),
              List.of("Foreground", "Background", "Orphan", "nil"));
      throw new ApiException(
          new Status(
              StatusReason.INVALID,
              StatusReason.INVALID.code(),
              "DeleteOptions.meta.k8s.io \"\" is invalid: " + error,
              new Status.Details("", "meta.k8s.io", "DeleteOptions", List.of(error), 0)));
    }
  }
}
