package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A write that is about to happen.
///
/// @param target with the object's name, which is empty while it is still to be generated
/// @param object as it is to be stored, or the body of an action; null for a deletion
/// @param before as it is stored; null for a creation; not to be changed
/// @param persistence whether it is a dry run
public record AdmissionRequest(
    Operation operation,
    RequestContext context,
    Target target,
    @Nullable ObjectNode object,
    @Nullable ObjectNode before,
    Persistence persistence) {

  /// What is done.
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    /// Somebody is led into a pod, a Service or a node; the object is what they asked for.
    CONNECT
  }

  public User user() {
    return context.user();
  }

  /// Whether it is a write to objects of that resource itself, not to a sub-resource.
  public boolean isFor(String group, String resource) {
    return !target.hasSubresource()
        && target.type().group().equals(group)
        && target.type().resource().equals(resource);
  }

  /// Whether nothing will be kept of it.
  public boolean isRehearsal() {
    return persistence == Persistence.DRY_RUN;
  }

  public boolean isFor(String group, String resource, String subresource) {
    return target.subresource().equals(subresource)
        && target.type().group().equals(group)
        && target.type().resource().equals(resource);
  }
}
