package dev.drydock.apiserver.access.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.apiserver.access.rbac.RoleReconciliation.Step;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RoleReconciliationTest {
  private static final ObjectNode DESIRED =
      role("rules: [{verbs: [get, list], apiGroups: [''], resources: [pods]}]");

  private static ObjectNode role(String rules) {
    return YamlCodec.decode(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: r
              labels: {kubernetes.io/bootstrapping: rbac-defaults}
              annotations: {rbac.authorization.kubernetes.io/autoupdate: "true"}
            """
                + rules)
        .tree();
  }

  @Test
  void whatIsMissingIsMade() {
    assertThat(RoleReconciliation.plan(null, DESIRED)).isEqualTo(new Step.Create(DESIRED));
  }

  @Test
  void whatIsEnoughIsKept() {
    ObjectNode more = role("rules: [{verbs: ['*'], apiGroups: ['*'], resources: ['*']}]");
    assertThat(RoleReconciliation.plan(more, DESIRED)).isEqualTo(new Step.Keep());
  }

  @Test
  void whatWasTakenAwayComesBackAndWhatWasAddedStays() {
    ObjectNode less = role("rules: [{verbs: [get, delete], apiGroups: [''], resources: [pods]}]");
    Step.Update update = (Step.Update) RoleReconciliation.plan(less, DESIRED);
    assertThat(PolicyRule.listOf(update.object().path("rules")))
        .extracting(PolicyRule::toString)
        .containsExactly(
            "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"get\" \"delete\"]}",
            "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"list\"]}");
  }

  @Test
  void whoSwitchesAutoupdateOffIsLeftAlone() {
    ObjectNode off = role("rules: []");
    off.withObject("/metadata/annotations").put(DefaultRoles.AUTOUPDATE, "false");
    assertThat(RoleReconciliation.plan(off, DESIRED)).isEqualTo(new Step.Keep());
  }
}
