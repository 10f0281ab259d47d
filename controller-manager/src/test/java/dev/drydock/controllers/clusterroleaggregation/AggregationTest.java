package dev.drydock.controllers.clusterroleaggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Roles that are made of others.
class AggregationTest {
  private static PolicyRule rule(String resource) {
    return new PolicyRuleBuilder().withVerbs("get").withResources(resource).build();
  }

  private static ClusterRole part(String name, String resource) {
    return new ClusterRoleBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("part", "yes")
        .endMetadata()
        .withRules(rule(resource))
        .build();
  }

  private static List<PolicyRule> rules(Bench bench) {
    return bench
        .api
        .find(Kinds.CLUSTER_ROLE, ObjectKey.clusterScoped("all"))
        .orElseThrow()
        .getRules();
  }

  @Test
  void aRoleHasTheRulesOfAllThatItsSelectorsChoose() throws InterruptedException {
    try (Bench bench = new Bench().run(AggregationReconciler::controller)) {
      bench.api.given(part("b", "secrets"));
      bench.api.given(part("a", "pods"));
      bench.api.given(
          new ClusterRoleBuilder()
              .withNewMetadata()
              .withName("all")
              .addToLabels("part", "yes")
              .endMetadata()
              .withNewAggregationRule()
              .addNewClusterRoleSelector()
              .addToMatchLabels("part", "yes")
              .endClusterRoleSelector()
              .endAggregationRule()
              .build());
      bench.until(() -> rules(bench).size() == 2);
      assertThat(rules(bench)).containsExactly(rule("pods"), rule("secrets"));

      bench.api.given(part("c", "nodes"));
      bench.until(() -> rules(bench).size() == 3);
      bench.api.vanish(Kinds.CLUSTER_ROLE, ObjectKey.clusterScoped("a"));
      bench.until(() -> rules(bench).size() == 2);
    }
  }
}
