package dev.drydock.apiserver.registry.strategy;

import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import tools.jackson.databind.node.ObjectNode;

/// A part of an object with an address of its own.
public sealed interface Subresource {

  /// The same object, of which a write through this address may only touch a part.
  ///
  /// @param part the top-level field in which that part stands
  /// @param check what a change must be like
  record Facet(Restriction restriction, String part, Check check) implements Subresource {

    /// A facet in the status, whose changes the kind's strategy checks.
    public Facet(Restriction restriction) {
      this(restriction, "status", ResourceStrategy::validateUpdate);
    }

    /// A facet elsewhere, whose changes the kind's strategy checks.
    public Facet(Restriction restriction, String part) {
      this(restriction, part, ResourceStrategy::validateUpdate);
    }
  }

  /// The number of replicas, as a `Scale` of `autoscaling/v1`, at these dotted paths.
  ///
  /// @param statusReplicas where the present number stands; absent counts as 0
  /// @param selector where the selector stands: a label selector, or a plain map; empty: none
  record Scale(String replicas, String statusReplicas, String selector) implements Subresource {}

  /// Something that is done to the object by a create.
  record Action(Act act) implements Subresource {}

  /// Served by somebody else (logs, exec, proxy); listed here for discovery only.
  record Elsewhere() implements Subresource {}

  /// Undoes whatever a write through a facet may not touch.
  @FunctionalInterface
  interface Restriction {

    /// @param object as the client wants it; to be corrected
    /// @param before what is stored; not to be changed
    void apply(ObjectNode object, ObjectNode before);
  }

  /// Checks a change that came through a facet.
  @FunctionalInterface
  interface Check {

    /// @param strategy of the kind
    /// @param before what is stored; not to be changed
    void apply(ResourceStrategy strategy, ObjectNode object, ObjectNode before, Violations found);
  }

  /// What an action does.
  @FunctionalInterface
  interface Act {
    Written perform(ActionCall call, ObjectAccess objects);
  }

  /// One call of an action.
  ///
  /// @param body may be changed
  record ActionCall(RequestContext context, Target target, ObjectNode body, WriteOptions options) {
    public boolean isRehearsal() {
      return options.persistence() == WriteOptions.Persistence.DRY_RUN;
    }
  }
}
