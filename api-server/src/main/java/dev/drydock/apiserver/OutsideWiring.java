package dev.drydock.apiserver;

import dev.drydock.apiserver.ApiServerSettings.Identity;
import dev.drydock.apiserver.ApiServerSettings.Outside;
import dev.drydock.apiserver.ApiServerSettings.ServiceAccounts;
import dev.drydock.apiserver.ApiServerSettings.TokenServer;
import dev.drydock.apiserver.access.AnonymousRule;
import dev.drydock.apiserver.access.asking.ReviewServer;
import dev.drydock.apiserver.access.asking.ServerAddress;
import dev.drydock.apiserver.access.asking.TokenReviews;
import dev.drydock.apiserver.access.identity.BearerTokens;
import dev.drydock.apiserver.access.identity.RememberedTokens;
import dev.drydock.apiserver.access.jwt.AuthenticationConfiguration;
import dev.drydock.apiserver.access.jwt.IssuerSettings;
import dev.drydock.apiserver.access.jwt.JwtIssuers;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.configuration.FollowedFile;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentCommand.Surroundings;
import dev.drydock.client.lifecycle.ComponentGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Chooses who outside tells whose a token is.
final class OutsideWiring {
  /// As Kubernetes' cache of tokens.
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supplier<List<IssuerSettings>> issuers;
  private final @Nullable FollowedFile<AuthenticationConfiguration> file;
  private final AnonymousRule anonymous;
  private final @Nullable TokenServer asked;
  private final Surroundings around;

  private OutsideWiring(
      @Nullable TokenServer asked,
      Supplier<List<IssuerSettings>> issuers,
      @Nullable FollowedFile<AuthenticationConfiguration> file,
      AnonymousRule anonymous,
      Surroundings around) {
    this.asked = asked;
    this.issuers = issuers;
    this.file = file;
    this.anonymous = anonymous;
    this.around = around;
  }

  /// @throws IllegalArgumentException when a file is not what it should be
  static OutsideWiring of(Identity identity, Surroundings around) {
    Outside outside = identity.outside();
    Path configuration = outside.configuration();
    if (configuration == null) {
      return new OutsideWiring(
          outside.asked(), outside::issuers, null, rule(identity.anonymous()), around);
    }
    Set<String> own =
        Set.copyOf(identity.accounts().map(ServiceAccounts::issuers).orElse(List.of()));
    var cel = new CelEnvironment();
    var file =
        new FollowedFile<>(
            configuration,
            text -> AuthenticationConfiguration.read(text, cel, own),
            around.timers());
    AnonymousRule said = file.get().anonymous();
    if (said != null && identity.anonymous() != Identity.Anonymous.UNMENTIONED) {
      throw new IllegalArgumentException(
          "--anonymous-auth flag cannot be set when anonymous field is configured in "
              + "authentication configuration file");
    }
    return new OutsideWiring(
        outside.asked(),
        () -> file.get().issuers(),
        file,
        said == null ? rule(identity.anonymous()) : said,
        around);
  }

  private static AnonymousRule rule(Identity.Anonymous flag) {
    return switch (flag) {
      case ALLOWED, UNMENTIONED -> new AnonymousRule.Everywhere();
      case REFUSED -> new AnonymousRule.Nobody();
    };
  }

  AnonymousRule anonymous() {
    return anonymous;
  }

  /// @param audiences what the api-server calls itself
  List<BearerTokens> kinds(List<String> audiences) {
    List<BearerTokens> kinds = new ArrayList<>();
    if (file != null || !issuers.get().isEmpty()) {
      kinds.add(
          new RememberedTokens(
              new JwtIssuers(issuers, audiences, around.clock()),
              REMEMBERED,
              Duration.ZERO,
              around.clock()));
    }
    if (asked != null) {
      var server =
          new ReviewServer(ServerAddress.read(asked.kubeconfig()), PATIENCE, around.timers());
      kinds.add(
          new RememberedTokens(
              new TokenReviews(server, asked.version(), audiences),
              asked.remembered(),
              asked.remembered(),
              around.clock()));
    }
    return kinds;
  }

  /// What keeps the settings up to date.
  Component followers() {
    return file == null ? ComponentGroup.of() : file;
  }
}
