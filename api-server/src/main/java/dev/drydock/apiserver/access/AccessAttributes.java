package dev.drydock.apiserver.access;

import dev.drydock.api.selector.FieldSelector;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.Verb;

/// What somebody wants to do, as far as authority goes.
public sealed interface AccessAttributes {
  User user();

  String verb();

  /// Something with API objects.
  ///
  /// @param verb as in rules: also `impersonate`, `bind`, `escalate`, `use`, …
  /// @param group empty for the core group
  /// @param subresource empty: the object itself
  /// @param namespace empty: cluster-scoped, or all namespaces
  /// @param name empty: any
  record Resource(
      User user,
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name)
      implements AccessAttributes {

    /// `pods/log`, as in rules.
    public String resourceAndSubresource() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
  }

  /// Something with a path that is no object: `/healthz`.
  ///
  /// @param verb the HTTP method in lower case
  record Path(User user, String verb, String path) implements AccessAttributes {}

  /// A selected part of the objects of a type: a list, a watch, a deletion of many.
  record Selected(Resource resource, FieldSelector fields) implements AccessAttributes {
    @Override
    public User user() {
      return resource.user();
    }

    @Override
    public String verb() {
      return resource.verb();
    }
  }

  static Resource of(User user, Verb verb, Target target) {
    return new Resource(
        user,
        verb.text(),
        target.type().group(),
        target.type().resource(),
        target.subresource(),
        target.namespace(),
        target.name());
  }
}
