package dev.drydock.apiserver.audit;

import dev.drydock.apiserver.audit.AuditPolicy.Level;
import dev.drydock.apiserver.audit.AuditPolicy.ManagedFields;
import dev.drydock.apiserver.audit.AuditPolicy.Stage;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// One rule of a policy; an empty list of anything means all of it.
record AuditRule(Level level, Who who, What what, Set<Stage> omitted, ManagedFields managedFields) {

  AuditRule {
    omitted = Set.copyOf(omitted);
  }

  record Who(List<String> users, List<String> groups) {
    boolean has(User user) {
      return (users.isEmpty() || users.contains(user.name()))
          && (groups.isEmpty() || user.groups().stream().anyMatch(groups::contains));
    }
  }

  /// @param namespaces an empty name in it means requests without a namespace
  record What(
      List<String> verbs, List<Objects> objects, List<String> namespaces, List<String> paths) {
    boolean has(Subject subject) {
      if (!verbs.isEmpty() && !verbs.contains(subject.verbText())) {
        return false;
      }
      boolean onlyPaths = objects.isEmpty() && namespaces.isEmpty();
      return switch (subject) {
        case Subject.Path path -> onlyPaths && (paths.isEmpty() || hasPath(path.path()));
        case Subject.Resource resource ->
            (!onlyPaths || paths.isEmpty())
                && (namespaces.isEmpty() || namespaces.contains(resource.target().namespace()))
                && (objects.isEmpty() || objects.stream().anyMatch(one -> one.has(resource)));
      };
    }

    private boolean hasPath(String path) {
      for (String one : paths) {
        boolean below = one.endsWith("*") && path.startsWith(one.substring(0, one.length() - 1));
        if (below || one.equals(path)) {
          return true;
        }
      }
      return false;
    }
  }

  /// @param resources also `pods/log`, `pods/*`, `*/scale`
  record Objects(String group, List<String> resources, List<String> names) {
    boolean has(Subject.Resource wanted) {
      Target target = wanted.target();
      return target.type().group().equals(group)
          && (names.isEmpty() || names.contains(wanted.selectedName()))
          && (resources.isEmpty() || resources.stream().anyMatch(one -> fits(one, target)));
    }

    private static boolean fits(String pattern, Target target) {
      String resource = target.type().resource();
      String whole = target.hasSubresource() ? resource + "/" + target.subresource() : resource;
      return pattern.equals("*")
          || pattern.equals(whole)
          || (target.hasSubresource()
              && (pattern.equals("*/" + target.subresource()) || pattern.equals(resource + "/*")));
    }
  }

  static AuditRule everything(Level level) {
    return new AuditRule(
        level,
        new Who(List.of(), List.of()),
        new What(List.of(), List.of(), List.of(), List.of()),
        Set.of(),
        ManagedFields.KEPT);
  }

  static AuditRule of(JsonNode tree, ManagedFields usual) {
    List<Objects> objects = new ArrayList<>();
    for (JsonNode one : tree.path("resources")) {
      objects.add(
          new Objects(
              one.path("group").asString(""),
              texts(one.path("resources")),
              texts(one.path("resourceNames"))));
    }
    JsonNode bare = tree.path("omitManagedFields");
    return new AuditRule(
        AuditPolicy.level(tree.path("level").asString("")),
        new Who(texts(tree.path("users")), texts(tree.path("userGroups"))),
        new What(
            texts(tree.path("verbs")),
            objects,
            texts(tree.path("namespaces")),
            texts(tree.path("nonResourceURLs"))),
        AuditPolicy.stages(tree.path("omitStages")),
        bare.isBoolean() ? bare.asBoolean() ? ManagedFields.OMITTED : ManagedFields.KEPT : usual);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  boolean matches(User user, Subject subject) {
    return who.has(user) && what.has(subject);
  }
}
