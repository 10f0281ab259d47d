package dev.drydock.scheduler.plugins.podaffinity;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.selector.Requirement;
import dev.drydock.scheduler.framework.PodClass;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pods a term means, and in which domains.
///
/// @param namespaceSelector read against the one label that every namespace has, its name
/// @param weight 0 for required terms
record AffinityTerm(
    LabelSelector selector,
    Set<String> namespaces,
    LabelSelector namespaceSelector,
    String key,
    int weight) {
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  static List<AffinityTerm> required(PodClass of, @Nullable PodAffinity affinity) {
    return affinity == null
        ? List.of()
        : terms(of, affinity.getRequiredDuringSchedulingIgnoredDuringExecution());
  }

  static List<AffinityTerm> required(PodClass of, @Nullable PodAntiAffinity affinity) {
    return affinity == null
        ? List.of()
        : terms(of, affinity.getRequiredDuringSchedulingIgnoredDuringExecution());
  }

  static List<AffinityTerm> preferred(PodClass of, @Nullable PodAffinity affinity) {
    return affinity == null
        ? List.of()
        : weighted(of, affinity.getPreferredDuringSchedulingIgnoredDuringExecution(), 1);
  }

  /// With negative weights.
  static List<AffinityTerm> preferred(PodClass of, @Nullable PodAntiAffinity affinity) {
    return affinity == null
        ? List.of()
        : weighted(of, affinity.getPreferredDuringSchedulingIgnoredDuringExecution(), -1);
  }

  private static List<AffinityTerm> terms(PodClass of, List<PodAffinityTerm> terms) {
    return terms.stream().map(term -> of(of, term, 0)).toList();
  }

  private static List<AffinityTerm> weighted(
      PodClass of, List<WeightedPodAffinityTerm> terms, int sign) {
    return terms.stream()
        .map(term -> of(of, term.getPodAffinityTerm(), sign * term.getWeight()))
        .toList();
  }

  private static AffinityTerm of(PodClass of, PodAffinityTerm term, int weight) {
    var requirements = new ArrayList<>(LabelSelector.of(term.getLabelSelector()).requirements());
    for (String key : term.getMatchLabelKeys()) {
      require(requirements, key, Requirement.Operator.IN, of.labels());
    }
    for (String key : term.getMismatchLabelKeys()) {
      require(requirements, key, Requirement.Operator.NOT_IN, of.labels());
    }
    boolean own = term.getNamespaces().isEmpty() && term.getNamespaceSelector() == null;
    return new AffinityTerm(
        new LabelSelector(requirements),
        own ? Set.of(of.namespace()) : Set.copyOf(term.getNamespaces()),
        LabelSelector.of(term.getNamespaceSelector()),
        term.getTopologyKey(),
        weight);
  }

  private static void require(
      List<Requirement> requirements,
      String key,
      Requirement.Operator operator,
      Map<String, String> labels) {
    @Nullable String value = labels.get(key);
    if (value != null) {
      requirements.add(new Requirement(key, operator, List.of(value)));
    }
  }

  AffinityTerm withWeight(int other) {
    return new AffinityTerm(selector, namespaces, namespaceSelector, key, other);
  }

  boolean matches(PodClass pod) {
    return (namespaces.contains(pod.namespace())
            || namespaceSelector.matches(Map.of(NAMESPACE_NAME, pod.namespace())))
        && selector.matches(pod.labels());
  }
}
