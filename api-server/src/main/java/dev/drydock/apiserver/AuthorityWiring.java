package dev.drydock.apiserver;

import dev.drydock.apiserver.ApiServerSettings.Authority;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.access.abac.AbacAuthorizer;
import dev.drydock.apiserver.access.asking.AuthorizationConfiguration;
import dev.drydock.apiserver.access.asking.AuthorizerChoice;
import dev.drydock.apiserver.access.asking.ReviewAuthorizer;
import dev.drydock.apiserver.access.asking.ReviewServer;
import dev.drydock.apiserver.access.asking.ServerAddress;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.configuration.FollowedFile;
import dev.drydock.apiserver.request.User;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.lifecycle.ComponentGroup;
import java.nio.file.Path;
import java.util.List;

/// Puts those who decide into their order, by flags or by a file that is followed.
///
/// @param byNodes what the Node authorizer says
/// @param byRoles what RBAC says
record AuthorityWiring(Authorizer byNodes, Authorizer byRoles, Surroundings around) {

  /// @param followers what keeps the order up to date
  record Chosen(Authorizer authorizer, Component followers) {}

  /// @throws IllegalArgumentException when a file is not what it should be
  Chosen of(Authority authority) {
    Path configuration = authority.configuration();
    if (configuration == null) {
      return new Chosen(chain(authority.choices()), ComponentGroup.of());
    }
    var cel = new CelEnvironment();
    var file =
        new FollowedFile<>(
            configuration,
            text -> chain(AuthorizationConfiguration.read(text, cel, authority.policies())),
            around.timers());
    return new Chosen(
        new Authorizer() {
          @Override
          public Verdict authorize(AccessAttributes attributes) {
            return file.get().authorize(attributes);
          }

          @Override
          public String unlisted(User user) {
            return file.get().unlisted(user);
          }
        },
        file);
  }

  private Authorizer chain(List<AuthorizerChoice> choices) {
    return Authorizer.chain(choices.stream().map(this::one).toList());
  }

  private Authorizer one(AuthorizerChoice choice) {
    return switch (choice) {
      case AuthorizerChoice.Node _ -> byNodes;
      case AuthorizerChoice.Rbac _ -> byRoles;
      case AuthorizerChoice.AlwaysAllow _ -> _ -> new Verdict.Allow("");
      case AuthorizerChoice.AlwaysDeny _ -> _ -> new Verdict.NoOpinion("Everything is forbidden.");
      case AuthorizerChoice.Abac(Path policies) -> AbacAuthorizer.read(policies);
      case AuthorizerChoice.Webhook(String name, var settings) ->
          new ReviewAuthorizer(
              name,
              new ReviewServer(
                  ServerAddress.read(settings.kubeconfig()), settings.timeout(), around.timers()),
              settings,
              around.clock());
    };
  }
}
