package dev.drydock.apiserver.access;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;

/// The words of a refusal, as Kubernetes says them.
public final class AccessMessages {
  private AccessMessages() {}

  /// The 403 for an attempt that nobody allowed.
  ///
  /// @param reason of the authorizer; may be empty
  public static ApiException forbidden(AccessAttributes attributes, String reason) {
    String detail = sentence(attributes) + (reason.isEmpty() ? "" : ": " + reason);
    return switch (attributes) {
      case AccessAttributes.Path path ->
          ApiException.of(StatusReason.FORBIDDEN, "forbidden: " + detail);
      case AccessAttributes.Selected selected -> forbidden(selected.resource(), reason);
      case AccessAttributes.Resource wanted ->
          ApiException.forbidden(
              new ResourceType(wanted.group(), "", wanted.resource(), "", Scope.CLUSTER),
              wanted.name(),
              detail);
    };
  }

  /// The 401.
  public static ApiException unauthorized() {
    return ApiException.of(StatusReason.UNAUTHORIZED, "Unauthorized");
  }

  /// `User "jane" cannot list resource "pods" in API group "" in the namespace "default"`.
  public static String sentence(AccessAttributes attributes) {
    String who = "User \"" + attributes.user().name() + "\" cannot " + attributes.verb();
    return switch (attributes) {
      case AccessAttributes.Path path -> who + " path \"" + path.path() + "\"";
      case AccessAttributes.Selected selected -> sentence(selected.resource());
      case AccessAttributes.Resource wanted ->
          who
              + " resource \""
              + wanted.resourceAndSubresource()
              + "\" in API group \""
              + wanted.group()
              + "\""
              + (wanted.namespace().isEmpty()
                  ? " at the cluster scope"
                  : " in the namespace \"" + wanted.namespace() + "\"");
    };
  }
}
