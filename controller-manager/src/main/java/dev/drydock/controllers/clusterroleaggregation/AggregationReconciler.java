package dev.drydock.controllers.clusterroleaggregation;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keyed by ClusterRole: writes the union of the rules that it aggregates.
public final class AggregationReconciler implements Reconciler {
  private final Lister<ClusterRole> roles;
  private final ResourceClient<ClusterRole> client;

  private AggregationReconciler(Lister<ClusterRole> roles, ResourceClient<ClusterRole> client) {
    this.roles = roles;
    this.client = client;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context) {
    Informer<ClusterRole> roles = context.informers().informer(Kinds.CLUSTER_ROLE);
    return Controller.named("clusterrole-aggregation-controller", context.environment())
        .of("clusterrole")
        .workers(5)
        .watch(
            roles,
            _ ->
                roles.lister().list().stream()
                    .filter(AggregationReconciler::isAggregated)
                    .map(ObjectKey::of)
                    .toList())
        .reconcile(
            new AggregationReconciler(roles.lister(), context.api().resource(Kinds.CLUSTER_ROLE)));
  }

  private static boolean isAggregated(ClusterRole role) {
    return role.getAggregationRule() != null;
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<ClusterRole> found = roles.get(key).filter(AggregationReconciler::isAggregated);
    if (found.isPresent()) {
      List<PolicyRule> wanted = union(found.get(), roles.list());
      if (!wanted.equals(found.get().getRules())) {
        write(new ClusterRoleBuilder(found.get()).withRules(wanted).build());
      }
    }
    return Result.done();
  }

  /// The rules of all other roles that a selector chooses, by name of the role, each rule once.
  static List<PolicyRule> union(ClusterRole aggregated, List<ClusterRole> all) {
    List<LabelSelector> selectors =
        aggregated.getAggregationRule().getClusterRoleSelectors().stream()
            .map(LabelSelector::of)
            .toList();
    List<ClusterRole> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(role -> role.getMetadata().getName()));
    Set<PolicyRule> rules = new LinkedHashSet<>();
    for (ClusterRole role : sorted) {
      boolean chosen =
          selectors.stream().anyMatch(each -> each.matches(role.getMetadata().getLabels()));
      if (chosen && !role.getMetadata().getName().equals(aggregated.getMetadata().getName())) {
        rules.addAll(role.getRules());
      }
    }
    return List.copyOf(rules);
  }

  private void write(ClusterRole role) {
    try {
      client.update(role);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
