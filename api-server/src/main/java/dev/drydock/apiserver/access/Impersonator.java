package dev.drydock.apiserver.access;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets users act as others, if they may do so. The modes are tried in turn: the constrained ones,
/// which ask for two rights — to act as that user (`impersonate:MODE`), and to do just this while
/// acting as somebody (`impersonate-on:MODE:VERB`) — and last the old one, which asks for the
/// verb `impersonate` alone.
public record Impersonator(Authorizer authorizer) {
  private static final String LEGACY = "impersonate";
  private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
  private static final String NODE_KEYS = "authentication.kubernetes.io/associated-node-keys";
  private static final int MANY = 4;

  /// Who may be impersonated in a constrained way, and how it is called.
  private enum Mode {
    ASSOCIATED_NODE("associated-node"),
    ARBITRARY_NODE("arbitrary-node"),
    SERVICE_ACCOUNT("serviceaccount"),
    USER_INFO("user-info");

    private final String text;

    Mode(String text) {
      this.text = text;
    }
  }

  /// @param constraint the verb that allowed it; empty: no constrained one
  public record Result(User user, String constraint) {}

  /// The user to act as.
  ///
  /// @param request what the requester wants to do as somebody else
  /// @throws ApiException `Forbidden` when the requester may not; `BadRequest` without a user
  public Result act(Impersonation wish, AccessAttributes request) {
    if (wish.user().isEmpty()) {
      throw ApiException.badRequest(
          "requested " + wish.described() + " without impersonating a user name");
    }
    @Nullable ApiException first = null;
    for (Mode mode : Mode.values()) {
      if (applies(mode, wish, request.user())) {
        try {
          return constrained(mode, wish, request);
        } catch (ApiException refused) {
          first = first == null ? refused : first;
        }
      }
    }
    try {
      legacy(wish, request.user());
      return new Result(wish.effective(wish.groups()), "");
    } catch (ApiException refused) {
      throw first == null ? refused : first;
    }
  }

  private static boolean applies(Mode mode, Impersonation wish, User requester) {
    String node = wish.node();
    boolean nameOnly = wish.isNameOnly();
    return switch (mode) {
      case ASSOCIATED_NODE ->
          nameOnly
              && !node.isEmpty()
              && Impersonation.accountOf(requester.name()).isPresent()
              && List.of(node).equals(requester.extra().get(NODE_NAME));
      case ARBITRARY_NODE -> nameOnly && !node.isEmpty();
      case SERVICE_ACCOUNT -> nameOnly && Impersonation.accountOf(wish.user()).isPresent();
      case USER_INFO -> node.isEmpty() && Impersonation.accountOf(wish.user()).isEmpty();
    };
  }

  private Result constrained(Mode mode, Impersonation wish, AccessAttributes request) {
    User requester = mode == Mode.ASSOCIATED_NODE ? bare(request.user()) : request.user();
    check(request.by(requester).doing("impersonate-on:" + mode.text + ":" + request.verb()));
    String verb = "impersonate:" + mode.text;
    var rights = new Rights(requester, verb, Impersonation.AUTHENTICATION_GROUP);
    rights.checkName(mode, wish);
    rights.checkRest(wish);
    List<String> groups = wish.node().isEmpty() ? wish.groups() : List.of("system:nodes");
    return new Result(wish.effective(groups), verb);
  }

  /// What a service account has beside its name says on which node it runs; the right to act as
  /// its own node does not depend on which one that is.
  private static User bare(User requester) {
    return new User(
        requester.name(),
        requester.uid(),
        requester.groups(),
        Map.of(NODE_KEYS, requester.extra().keySet().stream().sorted().toList()));
  }

  private void legacy(Impersonation wish, User requester) {
    var rights = new Rights(requester, LEGACY, "");
    var account = Impersonation.accountOf(wish.user());
    if (account.isPresent()) {
      check(rights.to("serviceaccounts", "", account.get().namespace(), account.get().name()));
    } else {
      check(rights.to("users", "", "", wish.user()));
    }
    if (!wish.uid().isEmpty()) {
      check(rights.toAuthentication("uids", "", wish.uid()));
    }
    wish.groups().forEach(group -> check(rights.to("groups", "", "", group)));
    wish.extra()
        .forEach(
            (key, values) ->
                values.forEach(value -> check(rights.toAuthentication("userextras", key, value))));
  }

  private void check(AccessAttributes wanted) {
    Verdict verdict = authorizer.authorize(wanted);
    if (!verdict.isAllowed()) {
      throw AccessMessages.forbidden(wanted, verdict.reason());
    }
  }

  private boolean isAllowed(AccessAttributes wanted) {
    return authorizer.authorize(wanted).isAllowed();
  }

  /// The rights that one way of impersonation asks for.
  private final class Rights {
    private final User requester;
    private final String verb;

    /// Of users and groups.
    private final String group;

    Rights(User requester, String verb, String group) {
      this.requester = requester;
      this.verb = verb;
      this.group = group;
    }

    AccessAttributes.Resource to(
        String resource, String subresource, String namespace, String name) {
      return new AccessAttributes.Resource(
          requester, verb, group, resource, subresource, namespace, name);
    }

    AccessAttributes.Resource toAuthentication(String resource, String subresource, String name) {
      return new AccessAttributes.Resource(
          requester, verb, Impersonation.AUTHENTICATION_GROUP, resource, subresource, "", name);
    }

    void checkName(Mode mode, Impersonation wish) {
      switch (mode) {
        case ASSOCIATED_NODE -> check(to("nodes", "", "", "*"));
        case ARBITRARY_NODE -> check(to("nodes", "", "", wish.node()));
        case SERVICE_ACCOUNT -> {
          var account = Impersonation.accountOf(wish.user()).orElseThrow();
          check(to("serviceaccounts", "", account.namespace(), account.name()));
        }
        case USER_INFO -> check(to("users", "", "", wish.user()));
      }
    }

    void checkRest(Impersonation wish) {
      if (!wish.uid().isEmpty()) {
        check(toAuthentication("uids", "", wish.uid()));
      }
      checkGroups(wish.groups());
      checkExtra(wish);
    }

    private void checkGroups(List<String> groups) {
      if (groups.contains("")) {
        throw AccessMessages.forbidden(
            to("groups", "", "", ""), "impersonating the empty string group is not allowed");
      }
      if (groups.contains(User.MASTERS)) {
        throw AccessMessages.forbidden(
            to("groups", "", "", User.MASTERS),
            "impersonating the system:masters group is not allowed");
      }
      if (groups.size() < MANY || !isAllowed(to("groups", "", "", "*"))) {
        groups.forEach(one -> check(to("groups", "", "", one)));
      }
    }

    private void checkExtra(Impersonation wish) {
      String wrong = wish.wrongExtra();
      if (!wrong.isEmpty()) {
        throw AccessMessages.forbidden(toAuthentication("userextras", "", ""), wrong);
      }
      List<AccessAttributes.Resource> each = new ArrayList<>();
      wish.extra()
          .forEach(
              (key, values) ->
                  values.forEach(value -> each.add(toAuthentication("userextras", key, value))));
      if (each.size() < MANY || !isAllowed(toAuthentication("userextras", "*", "*"))) {
        each.forEach(Impersonator.this::check);
      }
    }
  }
}
