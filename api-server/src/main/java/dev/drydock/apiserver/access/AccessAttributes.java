package dev.drydock.apiserver.access;

import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.Verb;

/// What somebody wants to do, as far as authority goes.
public sealed interface AccessAttributes {
  User user();

  String verb();

  /// The same of somebody else.
  default AccessAttributes by(User other) {
    return switch (this) {
      case Path(_, String verb, String path) -> new Path(other, verb, path);
      case Resource resource -> resource.with(other, resource.verb());
      case Selected(Resource resource, FieldSelector fields, LabelSelector labels) ->
          new Selected(resource.with(other, resource.verb()), fields, labels);
    };
  }

  /// The same with another verb.
  default AccessAttributes doing(String other) {
    return switch (this) {
      case Path(User user, _, String path) -> new Path(user, other, path);
      case Resource resource -> resource.with(resource.user(), other);
      case Selected(Resource resource, FieldSelector fields, LabelSelector labels) ->
          new Selected(resource.with(resource.user(), other), fields, labels);
    };
  }

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

    private Resource with(User who, String what) {
      return new Resource(who, what, group, resource, subresource, namespace, name);
    }

    /// The same with a part of the objects.
    public AccessAttributes selected(FieldSelector fields, LabelSelector labels) {
      return fields.matchesEverything() && labels.matchesEverything()
          ? this
          : new Selected(this, fields, labels);
    }

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
  record Selected(Resource resource, FieldSelector fields, LabelSelector labels)
      implements AccessAttributes {
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
