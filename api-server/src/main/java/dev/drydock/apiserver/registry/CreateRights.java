package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.request.Target;

/// Whether someone may create what an update or an apply did not find. The right to change, which
/// was asked for when the request came in, is not enough for that.
final class CreateRights {
  private final Authorizer authorizer;

  CreateRights(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /// @throws ApiException forbidden
  void require(Request request) {
    ResourceType type = request.as().type();
    Target target = request.target();
    Authorizer.Verdict verdict =
        authorizer.authorize(
            new AccessAttributes.Resource(
                request.context().user(),
                "create",
                type.group(),
                type.resource(),
                "",
                target.namespace(),
                target.name()));
    if (!verdict.isAllowed()) {
      throw ApiException.forbidden(type, target.name(), verdict.reason());
    }
  }
}
