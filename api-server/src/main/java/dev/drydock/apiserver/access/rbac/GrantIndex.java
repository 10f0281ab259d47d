package dev.drydock.apiserver.access.rbac;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.access.rbac.RbacRules.Grant;
import dev.drydock.apiserver.access.rbac.RbacRules.RoleRef;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Grants by subject. A service account is the user by whose name it authenticates.
final class GrantIndex implements ObjectFollower.Listener {
  private final Map<Subject, List<Grant>> grants = new ConcurrentHashMap<>();
  private final Map<ObjectKey, List<Subject>> subjects = new ConcurrentHashMap<>();

  /// @param namespace of the binding; empty: the whole cluster
  /// @param kind `User` or `Group`
  private record Subject(String namespace, String kind, String name) {}

  List<Grant> to(User user, String namespace) {
    List<Grant> found = new ArrayList<>();
    collect(found, user, "");
    if (!namespace.isEmpty()) {
      collect(found, user, namespace);
    }
    return found;
  }

  private void collect(List<Grant> found, User user, String namespace) {
    found.addAll(grants.getOrDefault(new Subject(namespace, "User", user.name()), List.of()));
    for (String group : user.groups()) {
      found.addAll(grants.getOrDefault(new Subject(namespace, "Group", group), List.of()));
    }
  }

  @Override
  public void present(StoredObject binding) {
    JsonNode tree = binding.tree();
    JsonNode ref = tree.path("roleRef");
    boolean ofNamespace = ref.path("kind").asString("").equals("Role");
    RoleRef role =
        new RoleRef(ofNamespace ? binding.namespace() : "", ref.path("name").asString(""));
    List<Subject> added = new ArrayList<>();
    for (JsonNode node : tree.path("subjects")) {
      Grant grant = new Grant(binding.namespace(), binding.name(), role, describe(node, binding));
      Subject subject = subject(node, binding.namespace());
      added.add(subject);
      // In one step: a user never loses for a moment what a changed binding still gives him.
      grants.compute(
          subject,
          (key, list) -> {
            List<Grant> all = without(list == null ? List.of() : list, binding);
            all.add(grant);
            return List.copyOf(all);
          });
    }
    List<Subject> before = subjects.put(key(binding), added);
    if (before != null) {
      before.stream().filter(subject -> !added.contains(subject)).forEach(s -> drop(s, binding));
    }
  }

  private static Subject subject(JsonNode node, String namespace) {
    String kind = node.path("kind").asString("");
    String name = node.path("name").asString("");
    return kind.equals("ServiceAccount")
        ? new Subject(
            namespace,
            "User",
            "system:serviceaccount:" + node.path("namespace").asString(namespace) + ":" + name)
        : new Subject(namespace, kind, name);
  }

  private static String describe(JsonNode node, StoredObject binding) {
    String kind = node.path("kind").asString("");
    String name = node.path("name").asString("");
    return kind.equals("ServiceAccount")
        ? kind + " \"" + name + "/" + node.path("namespace").asString(binding.namespace()) + "\""
        : kind + " \"" + name + "\"";
  }

  @Override
  public void gone(StoredObject binding) {
    List<Subject> known = subjects.remove(key(binding));
    if (known != null) {
      known.forEach(subject -> drop(subject, binding));
    }
  }

  private void drop(Subject subject, StoredObject binding) {
    grants.computeIfPresent(
        subject,
        (key, list) -> {
          List<Grant> left = without(list, binding);
          return left.isEmpty() ? null : List.copyOf(left);
        });
  }

  private static List<Grant> without(List<Grant> grants, StoredObject binding) {
    List<Grant> left = new ArrayList<>(grants);
    left.removeIf(
        grant ->
            grant.binding().equals(binding.name())
                && grant.namespace().equals(binding.namespace()));
    return left;
  }

  private static ObjectKey key(StoredObject binding) {
    return ObjectKey.of(binding.namespace(), binding.name());
  }
}
