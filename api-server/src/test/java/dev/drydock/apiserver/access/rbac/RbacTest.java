package dev.drydock.apiserver.access.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.AccessMessages;
import dev.drydock.apiserver.access.rbac.RbacRules.Grant;
import dev.drydock.apiserver.access.rbac.RbacRules.RoleRef;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Decisions over the default roles and some bindings, without any cache.
class RbacTest {
  private static final DefaultRoles DEFAULTS = DefaultRoles.load();

  private static final RbacRules RULES =
      new RbacRules() {
        @Override
        public List<Grant> grantsTo(User user, String namespace) {
          return GRANTS.stream()
              .filter(grant -> grant.namespace().isEmpty() || grant.namespace().equals(namespace))
              .filter(grant -> grant.subject().equals("User \"" + user.name() + "\""))
              .toList();
        }

        @Override
        public Optional<List<PolicyRule>> rulesOf(RoleRef role) {
          return switch (role.name()) {
            case "missing" -> Optional.empty();
            case "edit" ->
                Optional.of(
                    Stream.of("system:aggregate-to-edit", "system:aggregate-to-view")
                        .flatMap(name -> DEFAULTS.rulesOf(name).stream())
                        .toList());
            default -> Optional.of(DEFAULTS.rulesOf(role.name()));
          };
        }
      };

  private static final List<Grant> GRANTS =
      List.of(
          grant("", "root", "cluster-admin"),
          grant("dev", "jane", "edit"),
          grant("", "jane", "system:discovery"),
          grant("", "kcm", "system:kube-controller-manager"),
          grant("", "sched", "system:kube-scheduler"),
          grant("", "binder", "system:controller:persistent-volume-binder"),
          grant("", "broken", "missing"));

  private static final RbacAuthorizer RBAC = new RbacAuthorizer(RULES);
  private static final EscalationCheck ESCALATION = new EscalationCheck(RBAC, RBAC);

  private static Grant grant(String namespace, String user, String role) {
    return new Grant(namespace, "b", new RoleRef("", role), "User \"" + user + "\"");
  }

  private static User user(String name) {
    return User.of(name, List.of(User.AUTHENTICATED));
  }

  private static AccessAttributes.Resource wish(
      String user, String verb, String resource, String namespace, String name) {
    int slash = resource.indexOf('/');
    String whole = slash < 0 ? resource : resource.substring(0, slash);
    int dot = whole.indexOf('.');
    return new AccessAttributes.Resource(
        user(user),
        verb,
        dot < 0 ? "" : whole.substring(dot + 1),
        dot < 0 ? whole : whole.substring(0, dot),
        slash < 0 ? "" : resource.substring(slash + 1),
        namespace,
        name);
  }

  @ParameterizedTest
  @CsvSource({
    "root, delete, nodes, '', n1, true",
    "root, frobnicate, widgets.example.com/scale, x, w, true",
    "jane, create, pods, dev, '', true",
    "jane, get, pods/log, dev, web, true",
    "jane, update, deployments.apps/scale, dev, web, true",
    "jane, create, pods, prod, '', false",
    "jane, list, pods, '', '', false",
    "jane, create, roles.rbac.authorization.k8s.io, dev, '', false",
    "jane, get, nodes, '', n1, false",
    "kcm, update, leases.coordination.k8s.io, kube-system, kube-controller-manager, true",
    "kcm, update, leases.coordination.k8s.io, kube-system, other, false",
    "kcm, watch, widgets.example.com, '', '', true",
    "nobody, get, pods, dev, web, false",
    "jane, patch, deployments.extensions, dev, web, true",
    "jane, update, endpoints, dev, web, false",
    "sched, get, leases.coordination.k8s.io, kube-system, kube-scheduler, true",
    "sched, list, leases.coordination.k8s.io, kube-system, '', false",
    "sched, update, pods/finalizers, dev, web, true",
    "binder, update, persistentvolumes, '', v, true",
    "binder, get, secrets, dev, s, false",
  })
  void aRoleAllowsWhatItsRulesSayWhereItIsBound(
      String user, String verb, String resource, String namespace, String name, boolean allowed) {
    assertThat(RBAC.authorize(wish(user, verb, resource, namespace, name)).isAllowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "jane, get, /api, true",
    "jane, get, /apis/apps/v1, true",
    "jane, get, /metrics, false",
    "jane, post, /api, false",
    "root, get, /metrics, true",
  })
  void aPathIsAllowedByItsUrlRules(String user, String verb, String path, boolean allowed) {
    assertThat(RBAC.authorize(new AccessAttributes.Path(user(user), verb, path)).isAllowed())
        .isEqualTo(allowed);
  }

  @Test
  void anAllowanceNamesTheBinding() {
    assertThat(RBAC.authorize(wish("jane", "get", "pods", "dev", "web")).reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"b/dev\" of ClusterRole \"edit\" to User \"jane\"");
  }

  @Test
  void aMissingRoleIsTheReasonOfARefusal() {
    assertThat(RBAC.authorize(wish("broken", "get", "pods", "dev", "web")).reason())
        .isEqualTo("RBAC: clusterrole.rbac.authorization.k8s.io \"missing\" not found");
  }

  @Test
  void aRefusalSaysWhatKubernetesSays() {
    assertThat(AccessMessages.forbidden(wish("jane", "list", "pods", "", ""), ""))
        .hasMessage(
            "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" at"
                + " the cluster scope");
    assertThat(
            AccessMessages.forbidden(wish("jane", "get", "deployments.apps/scale", "x", "w"), "r"))
        .hasMessage(
            "deployments.apps \"w\" is forbidden: User \"jane\" cannot get resource"
                + " \"deployments/scale\" in API group \"apps\" in the namespace \"x\": r");
    assertThat(AccessMessages.forbidden(new AccessAttributes.Path(user("jane"), "get", "/m"), ""))
        .hasMessage("forbidden: User \"jane\" cannot get path \"/m\"");
  }

  @Test
  void nobodyGivesWhatHeDoesNotHold() {
    PolicyRule pods =
        PolicyRule.ofResources(List.of("get", "list"), List.of(""), List.of("pods"), List.of());
    PolicyRule nodes =
        PolicyRule.ofResources(List.of("get"), List.of(""), List.of("nodes"), List.of());
    RoleRef role = new RoleRef("dev", "r");
    var none = EscalationCheck.Aggregation.NONE;
    assertThat(ESCALATION.refusalOfRole(user("jane"), role, List.of(pods), none)).isEmpty();
    assertThat(ESCALATION.refusalOfRole(user("root"), role, List.of(nodes), none)).isEmpty();
    assertThat(ESCALATION.refusalOfRole(user("jane"), role, List.of(pods, nodes), none))
        .contains(
            "user \"jane\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC"
                + " permissions not currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\"]}");
    assertThat(ESCALATION.refusalOfBinding(user("jane"), "dev", new RoleRef("", "edit"))).isEmpty();
    assertThat(ESCALATION.refusalOfBinding(user("jane"), "prod", new RoleRef("", "edit")))
        .isPresent();
  }

  @Test
  void everyControllerOfKubernetesHasItsRoleAndNoOther() {
    assertThat(DEFAULTS.objects())
        .filteredOn(object -> object.path("kind").asString("").equals("ClusterRole"))
        .extracting(object -> object.path("metadata").path("name").asString(""))
        .contains(
            "system:controller:selinux-warning-controller",
            "system:controller:podcertificaterequestcleaner",
            "system:controller:device-taint-eviction-controller")
        .doesNotContain("system:controller:taint-eviction-controller");
  }

  @Test
  void theDefaultsAreWellFormed() {
    assertThat(DEFAULTS.objects()).hasSizeGreaterThan(120);
    assertThat(DEFAULTS.objects())
        .allSatisfy(
            object -> {
              if (object.path("kind").asString("").equals("ClusterRoleBinding")) {
                assertThat(DEFAULTS.rulesOf(object.path("roleRef").path("name").asString("")))
                    .isNotNull();
              }
              for (PolicyRule rule : PolicyRule.listOf(object.path("rules"))) {
                assertThat(rule.verbs()).isNotEmpty().doesNotContain("");
                assertThat(rule.resources().size() + rule.nonResourceUrls().size()).isPositive();
              }
            });
  }
}
