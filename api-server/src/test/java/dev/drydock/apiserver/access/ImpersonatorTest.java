package dev.drydock.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImpersonatorTest {
  private static final User AGENT =
      new User(
          "system:serviceaccount:kube-system:agent",
          "u",
          List.of(User.AUTHENTICATED),
          Map.of("authentication.kubernetes.io/node-name", List.of("n1")));

  private static Impersonation of(String user, String... groups) {
    return new Impersonation(user, "", List.of(groups), Map.of());
  }

  /// Allows these, each `VERB RESOURCE[.GROUP] NAMESPACE/NAME`.
  private static Impersonator allowing(String... rights) {
    Set<String> allowed = Set.of(rights);
    return new Impersonator(
        attributes -> {
          var wanted = (AccessAttributes.Resource) attributes;
          String group = wanted.group().isEmpty() ? "" : "." + wanted.group();
          String text =
              wanted.verb()
                  + " "
                  + wanted.resourceAndSubresource()
                  + group
                  + " "
                  + wanted.namespace()
                  + "/"
                  + wanted.name();
          return allowed.contains(text) ? new Verdict.Allow("") : new Verdict.NoOpinion("");
        });
  }

  private static final AccessAttributes LISTING =
      new AccessAttributes.Resource(AGENT, "list", "", "pods", "", "dev", "");

  @Test
  void theOldRightIsEnoughForEverything() {
    Impersonator.Result bot =
        allowing("impersonate serviceaccounts dev/bot")
            .act(of("system:serviceaccount:dev:bot"), LISTING);
    assertThat(bot.constraint()).isEmpty();
    assertThat(bot.user().groups())
        .containsExactly(
            "system:serviceaccounts", "system:serviceaccounts:dev", User.AUTHENTICATED);
    assertThat(
            allowing("impersonate users /joe", "impersonate groups /g")
                .act(of("joe", "g"), LISTING)
                .user()
                .groups())
        .containsExactly("g", User.AUTHENTICATED);
  }

  @Test
  void aConstrainedRightIsForOneUserAndOneDeed() {
    Impersonator may =
        allowing(
            "impersonate:user-info users.authentication.k8s.io /joe",
            "impersonate:user-info groups.authentication.k8s.io /g",
            "impersonate-on:user-info:list pods dev/");
    Impersonator.Result joe = may.act(of("joe", "g"), LISTING);
    assertThat(joe.constraint()).isEqualTo("impersonate:user-info");
    assertThat(joe.user().groups()).containsExactly("g", User.AUTHENTICATED);
    assertThatThrownBy(() -> may.act(of("joe"), LISTING.doing("delete")))
        .hasMessage(
            "pods is forbidden: User \"system:serviceaccount:kube-system:agent\" cannot"
                + " impersonate-on:user-info:delete resource \"pods\" in API group \"\" in the"
                + " namespace \"dev\"");
    assertThatThrownBy(() -> may.act(of("jane"), LISTING))
        .hasMessageContaining(
            "cannot impersonate:user-info resource \"users\" in API group"
                + " \"authentication.k8s.io\" at the cluster scope");
    assertThatThrownBy(() -> may.act(of("joe", User.MASTERS), LISTING))
        .hasMessageEndingWith("impersonating the system:masters group is not allowed");
  }

  @Test
  void anAgentMayBeTheNodeItRunsOnWhicheverThatIs() {
    Impersonator may =
        allowing(
            "impersonate:associated-node nodes.authentication.k8s.io /*",
            "impersonate-on:associated-node:list pods dev/");
    Impersonator.Result node = may.act(of("system:node:n1"), LISTING);
    assertThat(node.user())
        .isEqualTo(
            new User("system:node:n1", "", List.of("system:nodes", User.AUTHENTICATED), Map.of()));
    assertThatThrownBy(() -> may.act(of("system:node:n2"), LISTING))
        .hasMessageContaining("impersonate-on:arbitrary-node:list");
    assertThatThrownBy(() -> may.act(of("system:node:n1", "g"), LISTING))
        .hasMessageContaining("cannot impersonate resource \"users\"");
  }

  @Test
  void manyGroupsMayBeAllowedAtOnce() {
    Impersonator may =
        allowing(
            "impersonate:user-info users.authentication.k8s.io /joe",
            "impersonate:user-info groups.authentication.k8s.io /*",
            "impersonate-on:user-info:list pods dev/");
    assertThat(may.act(of("joe", "a", "b", "c", "d"), LISTING).user().groups()).hasSize(5);
    assertThatThrownBy(() -> may.act(of("joe", "a"), LISTING))
        .hasMessageContaining("groups.authentication.k8s.io \"a\" is forbidden");
  }

  @Test
  void groupsWithoutAUserMakeNoSense() {
    assertThatThrownBy(() -> allowing().act(of("", "g"), LISTING))
        .hasMessage(
            "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"g\"},"
                + " Extra:map[string][]string(nil)} without impersonating a user name");
  }
}
