package dev.drydock.apiserver.admission;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.matching.Matcher;
import dev.drydock.apiserver.policy.MutatingPolicies;
import dev.drydock.apiserver.policy.PolicySet;
import dev.drydock.apiserver.policy.Surroundings;
import dev.drydock.apiserver.policy.ValidatingPolicies;
import dev.drydock.apiserver.policy.ValidatingPolicies.Trees;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Policies in CEL that objects of the cluster define.
final class PolicyRules {
  private static final String GROUP = ".admissionregistration.k8s.io";

  private PolicyRules() {}

  static AdmissionRule validating(AdmissionMeans means) {
    return new Validating(means.lookup(), policies(means));
  }

  static AdmissionRule mutating(AdmissionMeans means) {
    return new Mutating(means.lookup(), policies(means));
  }

  private static PolicySet policies(AdmissionMeans means) {
    var around = new Around(means.lookup(), new Outside(means.lookup()));
    return new PolicySet(new PolicySet.Means(around, means.authorizer()), means.cel());
  }

  private static @Nullable Trees trees(AdmissionRequest request, Lookup lookup, String kind) {
    List<ObjectNode> policies = lookup.list(kind + "admissionpolicies" + GROUP);
    if (policies.isEmpty() || Matcher.isExempt(request.target())) {
      return null;
    }
    return new Trees(policies, lookup.list(kind + "admissionpolicybindings" + GROUP));
  }

  private record Validating(Lookup lookup, PolicySet policies) implements AdmissionRule {
    @Override
    public void validate(AdmissionRequest request) {
      Trees trees = trees(request, lookup, "validating");
      if (trees != null) {
        ValidatingPolicies.run(
            policies, trees, Outside.attempt(request), request.context().warnings());
      }
    }
  }

  private record Mutating(Lookup lookup, PolicySet policies) implements RewritingRule {
    @Override
    public Rewriting rewrite(AdmissionRequest request) {
      Trees trees = trees(request, lookup, "mutating");
      if (trees == null || request.object() == null) {
        return Rewriting.NONE;
      }
      MutatingPolicies asked = MutatingPolicies.begin(policies, trees, Outside.attempt(request));
      asked.first();
      return new Asked(asked);
    }
  }

  private record Asked(MutatingPolicies policies) implements Rewriting {
    @Override
    public boolean hasChanged() {
      return policies.hasChanged();
    }

    @Override
    public void again() {
      policies.again();
    }
  }

  /// What the cluster has besides.
  private record Around(Lookup lookup, Outside outside) implements Surroundings {
    @Override
    public @Nullable List<ObjectNode> params(String apiVersion, String kind, String namespace) {
      Optional<ResourceType> type = type(apiVersion, kind);
      return type.isEmpty()
          ? null
          : lookup.list(type.get().qualifiedResource(), namespace, Age.ANY).stream()
              .map(object -> lookup.shown(object, type.get()))
              .toList();
    }

    @Override
    public Place place(String apiVersion, String kind) {
      return type(apiVersion, kind).map(ResourceType::isNamespaced).orElse(true)
          ? Place.NAMESPACE
          : Place.CLUSTER;
    }

    private Optional<ResourceType> type(String apiVersion, String kind) {
      return lookup.types().stream()
          .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
          .findFirst();
    }

    @Override
    public Optional<ObjectNode> namespace(String name) {
      return outside.namespace(name);
    }

    @Override
    public ObjectNode shown(ObjectNode object, ResourceType as) {
      return outside.shown(object, as);
    }

    @Override
    public ObjectNode taken(ObjectNode object, ResourceType shown, ResourceType asked) {
      return outside.taken(object, shown, asked);
    }

    @Override
    public Optional<Schema> schema(ObjectNode object, ResourceType as) {
      return lookup.schema(object, as);
    }

    @Override
    public List<ResourceType> equivalents(ResourceType type) {
      return outside.equivalents(type);
    }
  }
}
