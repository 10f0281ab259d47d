package dev.drydock.apiserver.access.abac;

import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.request.User;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// One line of the file. Empty texts match nothing, `*` matches everything.
///
/// @param path may end with `*`
record AbacPolicy(
    Subject subject, Extent extent, String namespace, String resource, String group, String path) {
  private static final String ANY = "*";
  private static final Set<String> READING = Set.of("get", "list", "watch");

  /// Whom it is about: both must match where both are given.
  record Subject(String user, String group) {
    boolean matches(User asking) {
      boolean user =
          this.user.isEmpty() || this.user.equals(ANY) || this.user.equals(asking.name());
      boolean group =
          this.group.isEmpty() || this.group.equals(ANY) || asking.groups().contains(this.group);
      return user && group && !(this.user.isEmpty() && this.group.isEmpty());
    }
  }

  /// Which verbs.
  enum Extent {
    READING,
    EVERYTHING
  }

  static AbacPolicy of(JsonNode spec) {
    return new AbacPolicy(
        new Subject(spec.path("user").asString(""), spec.path("group").asString("")),
        spec.path("readonly").asBoolean(false) ? Extent.READING : Extent.EVERYTHING,
        spec.path("namespace").asString(""),
        spec.path("resource").asString(""),
        spec.path("apiGroup").asString(""),
        spec.path("nonResourcePath").asString(""));
  }

  boolean allows(AccessAttributes attributes) {
    return subject.matches(attributes.user())
        && (extent == Extent.EVERYTHING || READING.contains(attributes.verb()))
        && switch (attributes) {
          case AccessAttributes.Path wanted -> matchesPath(wanted.path());
          case AccessAttributes.Resource wanted -> matches(wanted);
          case AccessAttributes.Selected wanted -> matches(wanted.resource());
        };
  }

  private boolean matches(AccessAttributes.Resource wanted) {
    return matches(namespace, wanted.namespace())
        && matches(resource, wanted.resource())
        && matches(group, wanted.group());
  }

  private static boolean matches(String pattern, String value) {
    return pattern.equals(ANY) || pattern.equals(value);
  }

  private boolean matchesPath(String wanted) {
    if (path.endsWith(ANY)) {
      return wanted.startsWith(path.substring(0, path.length() - 1));
    }
    return !path.isEmpty() && path.equals(wanted);
  }
}
