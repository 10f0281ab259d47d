package dev.drydock.apiserver.access.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.AccessFixture;
import dev.drydock.apiserver.access.rbac.DefaultRoles;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.apiserver.access.rbac.RbacIndex;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The indexes of authority follow the cache.
@Timeout(60)
class NodeAndIndexTest {
  private final AccessFixture fixture = new AccessFixture();
  private final NodeGraph graph = new NodeGraph(fixture.cache, fixture.clock);
  private final RbacIndex index = new RbacIndex(fixture.cache, fixture.clock);
  private final NodeAuthorizer nodes =
      new NodeAuthorizer(graph, DefaultRoles.load().rulesOf("system:node"));

  @AfterEach
  void close() {
    graph.close();
    index.close();
    fixture.close();
  }

  /// Spins until what was written has reached the index.
  private static void await(BooleanSupplier known) {
    while (!known.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private boolean may(String node, String verb, String groupAndResource, String ns, String name) {
    String[] parts = groupAndResource.split("/", -1);
    return nodes
        .authorize(
            new AccessAttributes.Resource(
                User.of("system:node:" + node, List.of("system:nodes")),
                verb,
                parts[0],
                parts[1],
                parts.length > 2 ? parts[2] : "",
                ns,
                name))
        .isAllowed();
  }

  @Test
  void aNodeReachesWhatItsPodsNeed() {
    graph.start();
    fixture.put(
        "pods",
        """
        metadata: {namespace: dev, name: web}
        spec:
          nodeName: n1
          serviceAccountName: bot
          volumes:
          - {name: s, secret: {secretName: tls}}
          - {name: c, persistentVolumeClaim: {claimName: data}}
          containers:
          - {name: c, envFrom: [{configMapRef: {name: env}}]}
        """);
    fixture.put(
        "persistentvolumes",
        "{metadata: {name: pv1}, spec: {claimRef: {namespace: dev, name: data}}}");
    await(() -> may("n1", "get", "/persistentvolumes", "", "pv1"));
    await(() -> may("n1", "get", "/secrets", "dev", "tls"));
    assertThat(may("n1", "watch", "/configmaps", "dev", "env")).isTrue();
    assertThat(may("n1", "create", "/serviceaccounts/token", "dev", "bot")).isTrue();
    assertThat(may("n2", "get", "/secrets", "dev", "tls")).isFalse();
    assertThat(may("n1", "get", "/secrets", "dev", "other")).isFalse();
    assertThat(may("n1", "list", "/secrets", "dev", "")).isFalse();
    fixture.delete("pods", "dev/web");
    await(() -> !may("n1", "get", "/secrets", "dev", "tls"));
  }

  @Test
  void anotherPodOfTheSameNameHasNeedsOfItsOwn() {
    graph.start();
    String pod =
        """
        metadata: {namespace: dev, name: web-0, uid: %s}
        spec: {nodeName: %s, volumes: [{name: s, secret: {secretName: tls}}]}
        """;
    fixture.put("pods", pod.formatted("first", "n1"));
    await(() -> may("n1", "get", "/secrets", "dev", "tls"));
    fixture.put("pods", pod.formatted("second", "n2"));
    await(() -> may("n2", "get", "/secrets", "dev", "tls"));
    assertThat(may("n1", "get", "/secrets", "dev", "tls")).isFalse();
  }

  @Test
  void aClaimThatIsMadeForABoundPodIsNeededToo() {
    graph.start();
    String claims = "resource.k8s.io/resourceclaims";
    String pod =
        """
        metadata: {namespace: dev, name: gpu, uid: one}
        spec: {nodeName: n1, resourceClaims: [{name: gpu, resourceClaimTemplateName: t}]}
        """;
    fixture.put("pods", pod);
    await(() -> may("n1", "get", "/pods", "dev", "gpu"));
    assertThat(may("n1", "get", claims, "dev", "gpu-x7")).isFalse();
    fixture.put(
        "pods",
        pod + "status: {resourceClaimStatuses: [{name: gpu, resourceClaimName: gpu-x7}]}\n");
    await(() -> may("n1", "get", claims, "dev", "gpu-x7"));
  }

  @Test
  void aNodeWritesOnlyWhatIsItsOwn() {
    String leases = "coordination.k8s.io/leases";
    assertThat(may("n1", "update", leases, "kube-node-lease", "n1")).isTrue();
    assertThat(may("n1", "update", leases, "kube-node-lease", "n2")).isFalse();
    assertThat(may("n1", "update", leases, "kube-system", "n1")).isFalse();
    assertThat(may("n1", "patch", "/nodes/status", "", "n1")).isTrue();
    assertThat(may("n1", "patch", "/nodes/status", "", "n2")).isFalse();
    assertThat(may("n1", "create", "/nodes", "", "")).isTrue();
    assertThat(may("n1", "create", "/events", "dev", "")).isTrue();
    assertThat(may("n1", "delete", "apps/deployments", "dev", "web")).isFalse();
  }

  @Test
  void aNodeListsOnlyItsOwnPods() {
    var all =
        new AccessAttributes.Resource(
            User.of("system:node:n1", List.of("system:nodes")), "list", "", "pods", "", "", "");
    var own = all.selected(FieldSelector.parse("spec.nodeName=n1"), LabelSelector.EVERYTHING);
    var others = all.selected(FieldSelector.parse("spec.nodeName=n2"), LabelSelector.EVERYTHING);
    assertThat(nodes.authorize(own).isAllowed()).isTrue();
    assertThat(nodes.authorize(others).isAllowed()).isFalse();
    assertThat(nodes.authorize(all).reason())
        .isEqualTo("can only list/watch pods with spec.nodeName field selector");
  }

  @Test
  void rolesAndBindingsCountFromTheMomentTheyAreSeen() {
    index.start();
    var rbac = new RbacAuthorizer(index);
    DefaultRoles.load().objects().stream()
        .filter(object -> object.path("kind").asString("").equals("ClusterRole"))
        .forEach(object -> fixture.put("clusterroles", object));
    fixture.put(
        "rolebindings",
        """
        metadata: {namespace: dev, name: b}
        roleRef: {kind: ClusterRole, name: admin}
        subjects:
        - {kind: User, name: jane}
        - {kind: ServiceAccount, name: bot, namespace: ci}
        """);
    var byAggregation =
        new AccessAttributes.Resource(
            User.of("jane", List.of()), "get", "", "pods", "log", "dev", "web");
    await(() -> rbac.authorize(byAggregation).isAllowed());
    assertThat(rbac.authorize(byAggregation).reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"b/dev\" of ClusterRole \"admin\" to User \"jane\"");
    var byAccount =
        new AccessAttributes.Resource(
            User.of("system:serviceaccount:ci:bot", List.of()),
            "create",
            "rbac.authorization.k8s.io",
            "roles",
            "",
            "dev",
            "");
    await(() -> rbac.authorize(byAccount).isAllowed());
    fixture.delete("rolebindings", "dev/b");
    await(() -> !rbac.authorize(byAccount).isAllowed());
  }
}
