package dev.drydock.apiserver;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.ApiServerSettings.ServiceAccounts;
import dev.drydock.apiserver.access.AnonymousRule;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.access.identity.BearerTokens;
import dev.drydock.apiserver.access.identity.BootstrapTokens;
import dev.drydock.apiserver.access.identity.CachedIdentityObjects;
import dev.drydock.apiserver.access.identity.FrontProxy;
import dev.drydock.apiserver.access.identity.ServiceAccountTokens;
import dev.drydock.apiserver.access.identity.ServiceAccountUsers;
import dev.drydock.apiserver.access.identity.StandardAuthenticator;
import dev.drydock.apiserver.access.identity.StaticTokens;
import dev.drydock.apiserver.access.identity.TokenKeys;
import dev.drydock.apiserver.access.identity.TokenSettings;
import dev.drydock.apiserver.access.node.NodeAuthorizer;
import dev.drydock.apiserver.access.node.NodeGraph;
import dev.drydock.apiserver.access.rbac.DefaultRoles;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.apiserver.access.rbac.RbacIndex;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.lifecycle.ComponentGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Chooses identity and authority by the settings.
final class AccessWiring {
  private static final String NODE_ROLE = "system:node";

  private AccessWiring() {}

  /// Tokens: what signs them and what recognises them.
  private record Tokens(TokenIssuer issuer, List<BearerTokens> kinds) {}

  static AccessControl of(
      ApiServerSettings settings,
      ObjectReader<StoredObject> reader,
      DefaultRoles roles,
      ClientAuthorities authorities,
      Surroundings around,
      Supplier<UUID> ids) {
    OutsideWiring outside = OutsideWiring.of(settings.identity(), around);
    Tokens tokens = tokens(settings.identity(), outside, reader, around, ids);
    var rbac = new RbacIndex(reader, around.timers());
    var graph = new NodeGraph(reader, around.timers());
    var byRoles = new RbacAuthorizer(rbac);
    AuthorityWiring.Chosen chosen =
        new AuthorityWiring(new NodeAuthorizer(graph, roles.rulesOf(NODE_ROLE)), byRoles, around)
            .of(settings.authority());
    List<Authorizer> chain = new ArrayList<>();
    CompletableFuture<Void> known = CompletableFuture.allOf(rbac.ready(), graph.ready());
    chain.add(RbacAuthorizer.privilegedGroup());
    // After a restart clients are back before the rules are read: they wait a moment rather than
    // be refused what they may do.
    chain.add(
        _ -> {
          known.join();
          return new Verdict.NoOpinion("");
        });
    chain.add(chosen.authorizer());
    var authenticator =
        new StandardAuthenticator(
            certificates(settings.identity(), authorities, around),
            new StandardAuthenticator.Tokens(tokens.kinds(), tokens.issuer().defaultAudiences()),
            outside.anonymous().equals(new AnonymousRule.Nobody())
                ? StandardAuthenticator.Anonymous.REFUSED
                : StandardAuthenticator.Anonymous.ALLOWED);
    return new AccessControl(
        authenticator,
        new AccessControl.Everybody(outside.anonymous(), settings.authority().alwaysAllowed()),
        Authorizer.chain(chain),
        tokens.issuer(),
        byRoles,
        ComponentGroup.of(rbac, graph, outside.followers(), chosen.followers()),
        known::isDone);
  }

  private static StandardAuthenticator.Certificates certificates(
      ApiServerSettings.Identity identity, ClientAuthorities authorities, Surroundings around) {
    ApiServerSettings.Proxies proxy = identity.proxy();
    return new StandardAuthenticator.Certificates(
        authorities::clients,
        proxy == null
            ? null
            : new FrontProxy(proxy.settings(), authorities::proxies, around.clock()),
        around.clock());
  }

  private static Tokens tokens(
      ApiServerSettings.Identity identity,
      OutsideWiring outside,
      ObjectReader<StoredObject> reader,
      Surroundings around,
      Supplier<UUID> ids) {
    List<BearerTokens> kinds = new ArrayList<>();
    try {
      Path file = identity.tokenFile();
      if (file != null) {
        kinds.add(StaticTokens.read(file));
      }
      var objects = new CachedIdentityObjects(reader);
      if (identity.bootstrapTokens() == ApiServerSettings.Identity.BootstrapTokens.ACCEPTED) {
        kinds.add(new BootstrapTokens(objects, around.clock()));
      }
      Optional<ServiceAccounts> accounts = identity.accounts();
      if (accounts.isEmpty()) {
        kinds.addAll(outside.kinds(List.of()));
        return new Tokens(new NoTokens(), kinds);
      }
      ServiceAccounts given = accounts.get();
      TokenKeys keys = TokenKeys.read(given.signingKeyFile(), given.keyFiles());
      var rules =
          new TokenSettings(
              given.issuers(),
              given.audiences().isEmpty() ? List.of(given.issuers().getFirst()) : given.audiences(),
              given.longest(),
              given.extension());
      kinds.add(new ServiceAccountUsers(keys, rules, objects, objects, around.clock()));
      kinds.addAll(outside.kinds(rules.audiences()));
      return new Tokens(new ServiceAccountTokens(keys, rules, around.clock(), ids), kinds);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + e.getMessage(), e);
    }
  }

  /// Without a signing key there are no tokens.
  private static final class NoTokens implements TokenIssuer {
    @Override
    public IssuedToken issue(TokenOrder order) {
      throw ApiException.badRequest(
          "tokens are not issued: --service-account-signing-key-file is not set");
    }

    @Override
    public List<String> defaultAudiences() {
      return List.of();
    }

    @Override
    public String publicKeys() {
      return "{\"keys\":[]}";
    }

    @Override
    public String discovery() {
      return "{}";
    }
  }
}
