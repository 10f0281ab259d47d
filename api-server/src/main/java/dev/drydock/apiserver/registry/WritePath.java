package dev.drydock.apiserver.registry;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.Admission;
import dev.drydock.apiserver.admission.Admission.Mutated;
import dev.drydock.apiserver.admission.AdmissionRequest;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Reservation;
import dev.drydock.apiserver.patch.FieldManagement;
import dev.drydock.apiserver.patch.ObjectVersions;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.strategy.Claims.Claim;
import dev.drydock.apiserver.registry.strategy.Claims.Rehearsal;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The steps that every new and every changed object goes through, in order. One tree goes all
/// the way; it is written once.
final class WritePath {
  private final Metadata metadata;
  private final Admission admission;
  private final InstantSource clock;

  WritePath(Sources sources, Admission admission) {
    this.metadata = new Metadata(sources);
    this.clock = sources.clock();
    this.admission = admission;
  }

  /// Whether the write is yet to be recorded in `managedFields`; apply has done it.
  enum Tracking {
    DUE,
    DONE
  }

  /// Makes a new object ready to be stored.
  ///
  /// @param object in the stored version, with defaults; changed
  /// @return what to store, with what was claimed for it
  Wish.Create create(Request request, ObjectNode object, Tracking tracking) {
    Resource resource = request.resource();
    ResourceStrategy strategy = request.rules();
    metadata.prepareForCreate(object, resource);
    Request named = request.named(Trees.text(object, "metadata", "name"));
    // What admission and the strategy add belongs to nobody: an apply must not take it away.
    if (tracking == Tracking.DUE) {
      track(named, null, object);
    }
    var admitted =
        new AdmissionRequest(
            Operation.CREATE,
            request.context(),
            named.target(),
            object,
            null,
            persistence(request));
    mutate(admitted, resource);
    strategy.prepareForCreate(object);
    var told = new ArrayList<String>();
    var found = new Violations(told::add);
    MetadataRules.checkNew(object, resource, found);
    strategy.validateCreate(object, found);
    conclude(found, told, named);
    admission.validate(admitted);
    return new Wish.Create(
        object,
        reserved(admitted, () -> request.as().claims().forCreate(object, rehearsal(request))));
  }

  /// Makes a changed object ready to be stored.
  ///
  /// @param object in the stored version, with defaults; changed
  /// @param facet null: the object itself is written
  Wish change(
      Request request,
      SharedObject current,
      ObjectNode object,
      Subresource.@Nullable Facet facet,
      Tracking tracking) {
    ObjectNode before = current.tree();
    prepare(request, before, object, facet, tracking);
    AdmissionRequest admitted = admissionOf(request, object, before);
    mutate(admitted, request.resource());
    return checked(request, before, object, facet, admitted);
  }

  /// Makes an object ready to be stored that was changed through a view of it, which is what
  /// admission saw and sees.
  ///
  /// @param object in the stored version, with defaults and owners; changed
  /// @param admitted the change of the view, already mutated
  Wish changeThroughView(
      Request request, SharedObject current, ObjectNode object, AdmissionRequest admitted) {
    ObjectNode before = current.tree();
    prepare(request, before, object, Facets.ANYTHING, Tracking.DONE);
    return checked(request, before, object, Facets.ANYTHING, admitted);
  }

  /// Lets admission change a view of an object.
  ///
  /// @param view as it is wanted; changed
  /// @return for [#changeThroughView]
  AdmissionRequest mutateView(
      Request request, ObjectNode view, ObjectNode before, Consumer<ObjectNode> check) {
    AdmissionRequest admitted = admissionOf(request, view, before);
    if (admission.mutate(admitted) == Mutated.REWRITTEN) {
      check.accept(view);
    }
    return admitted;
  }

  private static AdmissionRequest admissionOf(
      Request request, ObjectNode object, ObjectNode before) {
    return new AdmissionRequest(
        Operation.UPDATE,
        request.context(),
        request.target(),
        object,
        before,
        persistence(request));
  }

  private Wish checked(
      Request request,
      ObjectNode before,
      ObjectNode object,
      Subresource.@Nullable Facet facet,
      AdmissionRequest admitted) {
    Resource resource = request.resource();
    Metadata.countGeneration(object, before, resource, facet);
    if (object.equals(before) && !Metadata.isDone(object)) {
      return new Wish.Keep();
    }
    var told = new ArrayList<String>();
    var found = new Violations(told::add);
    MetadataRules.checkChanged(object, before, resource, found);
    if (facet == null) {
      request.rules().validateUpdate(object, before, found);
    } else {
      facet.check().apply(request.rules(), object, before, found);
    }
    conclude(found, told, request);
    admission.validate(admitted);
    if (Metadata.isDone(object)) {
      return new Wish.Remove(object);
    }
    return new Wish.Store(
        object,
        reserved(
            admitted, () -> request.as().claims().forUpdate(object, before, rehearsal(request))));
  }

  /// Keeps what this write may not touch, and records who owns the rest. What admission and the
  /// strategy add belongs to nobody.
  private void prepare(
      Request request,
      ObjectNode before,
      ObjectNode object,
      Subresource.@Nullable Facet facet,
      Tracking tracking) {
    if (facet != null) {
      facet.restriction().apply(object, before);
    } else if (request.resource().hasStatus()) {
      Trees.restore(object, before, "status");
    }
    Metadata.prepareForUpdate(object, before, request.target());
    if (tracking == Tracking.DUE) {
      track(request, before, object);
    }
    if (facet == null) {
      request.resource().strategy().prepareForUpdate(object, before);
    }
  }

  /// What webhooks and policies wrote is taken like a client's body.
  private void mutate(AdmissionRequest admitted, Resource resource) {
    ObjectNode object = admitted.object();
    if (admission.mutate(admitted) == Mutated.REWRITTEN && object != null) {
      Bodies.decode(() -> resource.bodies().decode(object), ApiException::internalError);
      resource.bodies().applyDefaults(object);
      resource.strategy().applyDefaults(object);
    }
  }

  /// What the write uses up, and what its kind claims: both or none.
  private Claim reserved(AdmissionRequest admitted, Supplier<Claim> claiming) {
    Reservation reservation = admission.reserve(admitted);
    Claim claim;
    try {
      claim = claiming.get();
    } catch (RuntimeException failure) {
      reservation.undo();
      throw failure;
    }
    if (reservation.equals(Reservation.NOTHING)) {
      return claim;
    }
    return new Claim() {
      @Override
      public void keep() {
        claim.keep();
      }

      @Override
      public void undo() {
        claim.undo();
        reservation.undo();
      }
    };
  }

  /// Asks admission about a deletion.
  void admitDeletion(Request request, @Nullable ObjectNode before) {
    var admitted =
        new AdmissionRequest(
            Operation.DELETE,
            request.context(),
            request.target(),
            null,
            before,
            persistence(request));
    admission.mutate(admitted);
    admission.validate(admitted);
  }

  /// Asks admission about an action of a sub-resource.
  void admitAction(Request request, ObjectNode body) {
    var admitted =
        new AdmissionRequest(
            Operation.CREATE,
            request.context(),
            request.target(),
            body,
            null,
            persistence(request));
    admission.mutate(admitted);
    admission.validate(admitted);
  }

  /// Asks admission about somebody who is led elsewhere.
  void admitConnection(RequestContext context, Target target, ObjectNode options) {
    var admitted =
        new AdmissionRequest(Operation.CONNECT, context, target, options, null, Persistence.STORED);
    admission.mutate(admitted);
    admission.validate(admitted);
  }

  FieldManagement.Writer writer(Request request) {
    return new FieldManagement.Writer(
        request.manager(),
        request.as().type().apiVersion(),
        request.target().subresource(),
        clock.instant());
  }

  /// Fields are owned in the version that the client speaks.
  private void track(Request request, @Nullable ObjectNode before, ObjectNode after) {
    ObjectVersions versions = request.as().form().seenAs();
    String stored = request.resource().type().apiVersion();
    String spoken = request.as().type().apiVersion();
    ObjectNode seen = versions.convert(after, stored, spoken);
    FieldManagement.afterUpdate(
        before == null ? null : versions.convert(before, stored, spoken),
        seen,
        versions,
        writer(request));
    JsonNode record = Metadata.of(seen).get("managedFields");
    if (record == null) {
      Metadata.of(after).remove("managedFields");
    } else {
      Metadata.of(after).set("managedFields", record);
    }
  }

  private static Persistence persistence(Request request) {
    return request.options().persistence();
  }

  private static Rehearsal rehearsal(Request request) {
    return request.isRehearsal() ? Rehearsal.DRY_RUN : Rehearsal.REAL;
  }

  /// Who is refused is warned of nothing.
  private static void conclude(Violations found, List<String> told, Request request) {
    refuseIf(found, request);
    told.forEach(request.context().warnings());
  }

  private static void refuseIf(Violations found, Request request) {
    if (!found.isEmpty()) {
      throw ApiException.invalid(request.as().type(), request.target().name(), found.errors());
    }
  }
}
