package dev.drydock.apiserver.access.rbac;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Roles and bindings as they are in the cache now: roles by name, grants by subject, kept up to
/// date event by event. Reading takes no lock.
public final class RbacIndex implements RbacRules, Component {
  private final List<ObjectFollower> followers;
  private final Map<RoleRef, Role> roles = new ConcurrentHashMap<>();
  private final GrantIndex grants = new GrantIndex();

  /// The rules of aggregating roles, until a ClusterRole changes.
  private volatile Map<RoleRef, List<PolicyRule>> aggregated = new ConcurrentHashMap<>();

  public RbacIndex(ObjectReader<StoredObject> reader, Timers timers) {
    ObjectFollower.Listener onRole =
        new ObjectFollower.Listener() {
          @Override
          public void present(StoredObject object) {
            putRole(object);
          }

          @Override
          public void gone(StoredObject last) {
            removeRole(last);
          }
        };
    this.followers =
        List.of(
            follower(reader, timers, "clusterroles", onRole),
            follower(reader, timers, "roles", onRole),
            follower(reader, timers, "clusterrolebindings", grants),
            follower(reader, timers, "rolebindings", grants));
  }

  private static ObjectFollower follower(
      ObjectReader<StoredObject> reader,
      Timers timers,
      String resource,
      ObjectFollower.Listener listener) {
    return new ObjectFollower(
        reader, new StorePrefix("/registry/" + resource + "/"), timers, listener);
  }

  private record Role(List<PolicyRule> rules, List<LabelSelector> aggregates, JsonNode labels) {}

  @Override
  public void start() {
    followers.forEach(ObjectFollower::start);
  }

  /// Done when everything that was stored at the start is known.
  public CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(
        followers.stream().map(ObjectFollower::ready).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public void close() {
    followers.forEach(ObjectFollower::close);
  }

  private void putRole(StoredObject object) {
    JsonNode tree = object.tree();
    List<LabelSelector> selectors = new ArrayList<>();
    for (JsonNode selector : tree.path("aggregationRule").path("clusterRoleSelectors")) {
      selectors.add(LabelSelector.of(selector));
    }
    roles.put(
        new RoleRef(object.namespace(), object.name()),
        new Role(
            PolicyRule.listOf(tree.path("rules")),
            List.copyOf(selectors),
            tree.path("metadata").path("labels")));
    aggregated = new ConcurrentHashMap<>();
  }

  private void removeRole(StoredObject last) {
    roles.remove(new RoleRef(last.namespace(), last.name()));
    aggregated = new ConcurrentHashMap<>();
  }

  @Override
  public Optional<List<PolicyRule>> rulesOf(RoleRef ref) {
    // Taken before the roles are read, so that what is computed from old roles is dropped.
    Map<RoleRef, List<PolicyRule>> current = aggregated;
    Role role = roles.get(ref);
    if (role == null) {
      return Optional.empty();
    }
    if (role.aggregates().isEmpty()) {
      return Optional.of(role.rules());
    }
    List<PolicyRule> known = current.get(ref);
    if (known == null) {
      known = aggregate(ref, role);
      current.put(ref, known);
    }
    return Optional.of(known);
  }

  /// A role that is aggregated may aggregate itself (`admin` takes in `edit`).
  private List<PolicyRule> aggregate(RoleRef start, Role role) {
    List<PolicyRule> rules = new ArrayList<>(role.rules());
    List<RoleRef> seen = new ArrayList<>(List.of(start));
    List<Role> open = new ArrayList<>(List.of(role));
    while (!open.isEmpty()) {
      Role next = open.removeLast();
      roles.forEach(
          (ref, candidate) -> {
            boolean wanted =
                ref.namespace().isEmpty()
                    && !seen.contains(ref)
                    && next.aggregates().stream()
                        .anyMatch(selector -> selector.matchesTree(candidate.labels()));
            if (wanted) {
              seen.add(ref);
              rules.addAll(candidate.rules());
              open.add(candidate);
            }
          });
    }
    return List.copyOf(rules);
  }

  @Override
  public List<Grant> grantsTo(User user, String namespace) {
    return grants.to(user, namespace);
  }
}
