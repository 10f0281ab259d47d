package dev.drydock.scheduler.plugins.podaffinity;

import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodClass;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.ScorePlugin;
import dev.drydock.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Brings pods together in a domain, or keeps them apart, as their affinity terms want; terms of
/// pods that are already there count too.
public final class InterPodAffinity implements FilterPlugin, ScorePlugin {
  private static final Verdict AFFINITY =
      Verdict.hopeless("node(s) didn't match pod affinity rules");
  private static final Verdict ANTI_AFFINITY =
      Verdict.rejected("node(s) didn't match pod anti-affinity rules");
  private static final Verdict EXISTING =
      Verdict.rejected("node(s) didn't satisfy existing pods anti-affinity rules");

  /// What a required affinity of a pod already there is worth to a pod that meets it.
  private static final int HARD_AFFINITY_WEIGHT = 1;

  @Override
  public String name() {
    return "InterPodAffinity";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    PodClass own = pod.podClass();
    List<AffinityTerm> wanted = AffinityTerm.required(own, own.affinity());
    List<AffinityTerm> unwanted = AffinityTerm.required(own, own.antiAffinity());
    var existing = new DomainCounts(cluster);
    var near = new DomainCounts(cluster);
    var apart = new DomainCounts(cluster);
    cluster
        .classes()
        .forEach(
            (other, byNode) -> {
              if (other.hasAntiAffinity()) {
                AffinityTerm.required(other, other.antiAffinity()).stream()
                    .filter(term -> term.matches(own))
                    .forEach(term -> existing.add(term.key(), byNode, 1));
              }
              if (!wanted.isEmpty() && wanted.stream().allMatch(term -> term.matches(other))) {
                wanted.forEach(term -> near.add(term.key(), byNode, 1));
              }
              unwanted.stream()
                  .filter(term -> term.matches(other))
                  .forEach(term -> apart.add(term.key(), byNode, 1));
            });
    if (existing.isEmpty() && wanted.isEmpty() && apart.isEmpty()) {
      return NodeFilter.ANY;
    }
    boolean first = near.isEmpty() && wanted.stream().allMatch(term -> term.matches(own));
    return node -> {
      if (!isNear(wanted, near, first, node)) {
        return AFFINITY;
      }
      if (unwanted.stream().anyMatch(term -> apart.at(term.key(), node) > 0)) {
        return ANTI_AFFINITY;
      }
      return existing.at(node) > 0 ? EXISTING : Verdict.FITS;
    };
  }

  /// @param first the pod is the first of a group that wants to be together
  private static boolean isNear(
      List<AffinityTerm> wanted, DomainCounts near, boolean first, NodeView node) {
    for (AffinityTerm term : wanted) {
      boolean met = first ? node.labels().containsKey(term.key()) : near.at(term.key(), node) > 0;
      if (!met) {
        return false;
      }
    }
    return true;
  }

  @Override
  public NodeScorer forPod(PodView pod, ClusterView cluster, List<NodeView> feasible) {
    PodClass own = pod.podClass();
    List<AffinityTerm> preferred = new ArrayList<>();
    preferred.addAll(AffinityTerm.preferred(own, own.affinity()));
    preferred.addAll(AffinityTerm.preferred(own, own.antiAffinity()));
    var sums = new DomainCounts(cluster);
    cluster
        .classes()
        .forEach(
            (other, byNode) -> {
              preferred.stream()
                  .filter(term -> term.matches(other))
                  .forEach(term -> sums.add(term.key(), byNode, term.weight()));
              termsOf(other).stream()
                  .filter(term -> term.matches(own))
                  .forEach(term -> sums.add(term.key(), byNode, term.weight()));
            });
    return sums.isEmpty() ? NodeScorer.INDIFFERENT : new Together(sums);
  }

  private static List<AffinityTerm> termsOf(PodClass other) {
    if (other.affinity() == null && other.antiAffinity() == null) {
      return List.of();
    }
    var terms = new ArrayList<AffinityTerm>();
    AffinityTerm.required(other, other.affinity())
        .forEach(term -> terms.add(term.withWeight(HARD_AFFINITY_WEIGHT)));
    terms.addAll(AffinityTerm.preferred(other, other.affinity()));
    terms.addAll(AffinityTerm.preferred(other, other.antiAffinity()));
    return terms;
  }

  private record Together(DomainCounts sums) implements NodeScorer {
    @Override
    public long score(NodeView node) {
      return sums.at(node);
    }

    @Override
    public long[] normalise(long[] raw) {
      long min = Arrays.stream(raw).min().orElse(0);
      long max = Arrays.stream(raw).max().orElse(0);
      return Arrays.stream(raw)
          .map(score -> max == min ? 0 : MAX * (score - min) / (max - min))
          .toArray();
    }
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return switch (change) {
      case ClusterChange.NodeAdded _,
          ClusterChange.PodPlaced _,
          ClusterChange.PodChanged _,
          ClusterChange.PodGone _ ->
          true;
      case ClusterChange.NodeChanged(var before, var after) ->
          !NodeView.of(before).labels().equals(NodeView.of(after).labels());
      case ClusterChange.WorkloadChanged _ -> false;
    };
  }
}
