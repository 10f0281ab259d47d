package dev.drydock.apiserver.fairness;

import dev.drydock.apiserver.fairness.FlowSpec.Words;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// One rule of a FlowSchema: some subjects doing some things.
record FlowRule(Who who, List<OnObjects> onObjects, List<OnPaths> onPaths) {
  private static final String ACCOUNT = "system:serviceaccount:";
  private static final String ALL = "*";

  FlowRule {
    onObjects = List.copyOf(onObjects);
    onPaths = List.copyOf(onPaths);
  }

  /// @param accountNamespaces namespaces of which every service account is meant
  record Who(Set<String> users, Set<String> groups, Set<String> accountNamespaces) {
    boolean has(User user) {
      if (users.contains(user.name()) || users.contains(ALL) || groups.contains(ALL)) {
        return true;
      }
      for (String group : user.groups()) {
        if (groups.contains(group)) {
          return true;
        }
      }
      return !accountNamespaces.isEmpty() && isAccountOf(user.name());
    }

    private boolean isAccountOf(String name) {
      int end = name.startsWith(ACCOUNT) ? name.indexOf(':', ACCOUNT.length()) : -1;
      return end > 0 && accountNamespaces.contains(name.substring(ACCOUNT.length(), end));
    }
  }

  /// @param clusterScope whether requests without a namespace are meant too
  record OnObjects(
      Words verbs, Words groups, Words resources, Words namespaces, boolean clusterScope) {
    boolean matches(Subject.Resource wanted) {
      Target target = wanted.target();
      return verbs.has(wanted.verb().text())
          && groups.has(target.type().group())
          && (resources.everything() || resources.has(name(target)))
          && (target.namespace().isEmpty() ? clusterScope : namespaces.has(target.namespace()));
    }

    private static String name(Target target) {
      String resource = target.type().resource();
      return target.hasSubresource() ? resource + "/" + target.subresource() : resource;
    }
  }

  record OnPaths(Words verbs, Words paths) {
    boolean matches(Subject.Path wanted) {
      if (!verbs.has(wanted.verbText())) {
        return false;
      }
      if (paths.has(wanted.path())) {
        return true;
      }
      for (String path : paths.words()) {
        if (path.endsWith("/*") && wanted.path().startsWith(path.substring(0, path.length() - 1))) {
          return true;
        }
      }
      return false;
    }
  }

  static FlowRule of(JsonNode rule) {
    List<OnObjects> objects = new ArrayList<>();
    for (JsonNode one : rule.path("resourceRules")) {
      objects.add(
          new OnObjects(
              Words.of(one.path("verbs")),
              Words.of(one.path("apiGroups")),
              Words.of(one.path("resources")),
              Words.of(one.path("namespaces")),
              one.path("clusterScope").asBoolean(false)));
    }
    List<OnPaths> paths = new ArrayList<>();
    for (JsonNode one : rule.path("nonResourceRules")) {
      paths.add(new OnPaths(Words.of(one.path("verbs")), Words.of(one.path("nonResourceURLs"))));
    }
    return new FlowRule(who(rule.path("subjects")), objects, paths);
  }

  private static Who who(JsonNode subjects) {
    Set<String> users = new HashSet<>();
    Set<String> groups = new HashSet<>();
    Set<String> namespaces = new HashSet<>();
    for (JsonNode subject : subjects) {
      switch (subject.path("kind").asString("")) {
        case "User" -> users.add(subject.path("user").path("name").asString(""));
        case "Group" -> groups.add(subject.path("group").path("name").asString(""));
        case "ServiceAccount" -> {
          JsonNode account = subject.path("serviceAccount");
          String namespace = account.path("namespace").asString("");
          String name = account.path("name").asString("");
          if (name.equals(ALL)) {
            namespaces.add(namespace);
          } else {
            users.add(ACCOUNT + namespace + ":" + name);
          }
        }
        default -> {}
      }
    }
    return new Who(Set.copyOf(users), Set.copyOf(groups), Set.copyOf(namespaces));
  }

  boolean matches(User user, Subject subject) {
    if (!who.has(user)) {
      return false;
    }
    return switch (subject) {
      case Subject.Resource resource -> onObjects.stream().anyMatch(on -> on.matches(resource));
      case Subject.Path path -> onPaths.stream().anyMatch(on -> on.matches(path));
    };
  }
}
