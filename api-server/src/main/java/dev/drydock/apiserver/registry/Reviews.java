package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.apiserver.registry.review.AccessReviews;
import dev.drydock.apiserver.registry.review.IdentityReviews;
import java.util.Map;

/// The kinds that are answered instead of stored.
final class Reviews {
  private static final String AUTHORIZATION = "authorization.k8s.io/v1";
  private static final String AUTHENTICATION = "authentication.k8s.io/v1";

  private Reviews() {}

  static Map<ResourceType, Review> all(RegistrySettings.Authority authority) {
    var access = new AccessReviews(authority.authorizer(), authority.rbac());
    var identity = new IdentityReviews(authority.tokens());
    return Map.of(
        type(AUTHORIZATION, "subjectaccessreviews"), access::subject,
        type(AUTHORIZATION, "localsubjectaccessreviews"), access::local,
        type(AUTHORIZATION, "selfsubjectaccessreviews"), access::self,
        type(AUTHORIZATION, "selfsubjectrulesreviews"), access::rules,
        type(AUTHENTICATION, "tokenreviews"), identity::token,
        type(AUTHENTICATION, "selfsubjectreviews"), identity::self);
  }

  private static ResourceType type(String apiVersion, String resource) {
    return BuiltInTypes.get().type(apiVersion, resource);
  }
}
