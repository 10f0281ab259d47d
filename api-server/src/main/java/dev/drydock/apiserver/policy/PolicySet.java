package dev.drydock.apiserver.policy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.matching.Attempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// All policies of one kind with their bindings, compiled anew when one of them is not the object
/// that it was.
public final class PolicySet {
  private final Means means;
  private final CelEnvironment cel;
  private volatile Compiled compiled = new Compiled(List.of(), List.of(), List.of());

  /// What evaluating needs.
  public record Means(Surroundings surroundings, Authorizer authorizer) {}

  /// @param bound in the order of the policies' names, then the bindings'
  private record Compiled(
      List<ObjectNode> policies, List<ObjectNode> bindings, List<Bound> bound) {}

  /// A policy with one of its bindings.
  record Bound(Policy policy, Binding binding) {}

  public PolicySet(Means means, CelEnvironment cel) {
    this.means = means;
    this.cel = cel;
  }

  Means means() {
    return means;
  }

  /// @param policies as the cache has them; trees that never change
  List<Bound> bound(List<ObjectNode> policies, List<ObjectNode> bindings) {
    Compiled known = compiled;
    if (!same(known.policies(), policies) || !same(known.bindings(), bindings)) {
      known = compile(known, policies, bindings);
      compiled = known;
    }
    return known.bound();
  }

  @SuppressWarnings("ReferenceEquality") // A changed object is another tree.
  private static boolean same(List<ObjectNode> known, List<ObjectNode> now) {
    boolean same = known.size() == now.size();
    for (int i = 0; same && i < now.size(); i++) {
      same = known.get(i) == now.get(i);
    }
    return same;
  }

  private Compiled compile(Compiled before, List<ObjectNode> policies, List<ObjectNode> bindings) {
    List<Binding> all = new ArrayList<>();
    bindings.forEach(binding -> all.add(Binding.of(binding)));
    all.sort(Comparator.comparing(Binding::name));
    List<ObjectNode> sorted = new ArrayList<>(policies);
    sorted.sort(
        Comparator.comparing(policy -> policy.path("metadata").path("name").stringValue("")));
    List<Bound> bound = new ArrayList<>();
    for (ObjectNode tree : sorted) {
      String name = tree.path("metadata").path("name").stringValue("");
      List<Binding> own = all.stream().filter(binding -> binding.policy().equals(name)).toList();
      if (!own.isEmpty()) {
        Policy policy = compiledBefore(before, tree, name);
        own.forEach(binding -> bound.add(new Bound(policy, binding)));
      }
    }
    return new Compiled(List.copyOf(policies), List.copyOf(bindings), bound);
  }

  @SuppressWarnings("ReferenceEquality")
  private Policy compiledBefore(Compiled before, ObjectNode tree, String name) {
    if (before.policies().stream().anyMatch(known -> known == tree)) {
      for (Bound bound : before.bound()) {
        if (bound.policy().name().equals(name)) {
          return bound.policy();
        }
      }
    }
    return PolicyCompiler.compile(cel, tree);
  }

  /// The bound policies that this write is a matter for, with the type as which they see it.
  List<Matched> matched(List<Bound> bound, Attempt attempt) {
    List<Matched> matched = new ArrayList<>();
    for (Bound one : bound) {
      ResourceType shown = one.policy().matcher().match(attempt, means.surroundings());
      if (shown != null && one.binding().matcher().match(attempt, means.surroundings()) != null) {
        matched.add(new Matched(one, shown));
      }
    }
    return matched;
  }

  /// One that is to look at the write.
  record Matched(Bound bound, ResourceType shown) {}
}
