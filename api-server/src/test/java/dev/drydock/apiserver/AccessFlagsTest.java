package dev.drydock.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.ApiServerSettings.Identity;
import dev.drydock.apiserver.access.asking.AuthorizerChoice;
import dev.drydock.apiserver.access.asking.WebhookSettings;
import dev.drydock.apiserver.access.jwt.ClaimMapping;
import dev.drydock.apiserver.access.jwt.IssuerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The flags that choose identity and authority.
class AccessFlagsTest {
  private static AuthenticationFlags authentication(String... arguments) {
    return CommandLine.populateCommand(new AuthenticationFlags(), arguments);
  }

  private static AuthorizationFlags authorization(String... arguments) {
    return CommandLine.populateCommand(new AuthorizationFlags(), arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "sub, '', https://i#",
    "sub, -, ''",
    "sub, x:, x:",
    "email, '', ''",
    "email, x:, x:",
  })
  void namesBeginAsTheFlagsSay(String claim, String prefix, String expected) {
    IssuerSettings issuer =
        authentication(
                "--oidc-issuer-url=https://i",
                "--oidc-client-id=c",
                "--oidc-username-claim=" + claim,
                "--oidc-username-prefix=" + prefix,
                "--oidc-groups-claim=roles",
                "--oidc-required-claim=a=b,c=d",
                "--oidc-signing-algs=RS256,ES384")
            .outside()
            .issuers()
            .getFirst();
    assertThat(issuer.rules().username()).isEqualTo(new ClaimMapping.Claim(claim, expected));
    assertThat(issuer.rules().groups()).isEqualTo(new ClaimMapping.Claim("roles", ""));
    assertThat(issuer.rules().required()).containsEntry("a", "b").containsEntry("c", "d");
    assertThat(issuer.algorithms()).containsExactlyInAnyOrder("RS256", "ES384");
  }

  @Test
  void strangersAreAskedOnlyWhatWasSaid() {
    assertThat(authentication().anonymous()).isEqualTo(Identity.Anonymous.UNMENTIONED);
    assertThat(authentication("--anonymous-auth").anonymous())
        .isEqualTo(Identity.Anonymous.ALLOWED);
    assertThat(authentication("--anonymous-auth=false").anonymous())
        .isEqualTo(Identity.Anonymous.REFUSED);
  }

  @Test
  void modesAreInTheirOrder() {
    assertThat(authorization().authority().choices())
        .isEqualTo(List.of(new AuthorizerChoice.Node(), new AuthorizerChoice.Rbac()));
    List<AuthorizerChoice> chosen =
        authorization(
                "--authorization-mode=Webhook,AlwaysDeny",
                "--authorization-webhook-config-file=/f",
                "--authorization-webhook-cache-unauthorized-ttl=1s")
            .authority()
            .choices();
    assertThat(chosen.getLast()).isEqualTo(new AuthorizerChoice.AlwaysDeny());
    WebhookSettings webhook = ((AuthorizerChoice.Webhook) chosen.getFirst()).settings();
    assertThat(webhook.kubeconfig()).isEqualTo(Path.of("/f"));
    assertThat(webhook.version()).isEqualTo("v1beta1");
    assertThat(webhook.authorized()).isEqualTo(Duration.ofMinutes(5));
    assertThat(webhook.unauthorized()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void flagsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> authentication("--oidc-client-id=c").outside())
        .hasMessageContaining("must be specified together");
    assertThatThrownBy(
            () -> authentication("--authentication-config=/f", "--oidc-groups-claim=g").outside())
        .hasMessage("authentication-config file and oidc-* flags are mutually exclusive");
    assertThatThrownBy(
            () ->
                authorization("--authorization-config=/f", "--authorization-mode=RBAC").authority())
        .hasMessageContaining("--authorization-config can not be specified when");
    assertThatThrownBy(() -> authorization("--authorization-mode=RBAC,RBAC").authority())
        .hasMessage("authorization-mode [RBAC, RBAC] has mode specified more than once");
    assertThatThrownBy(() -> authorization("--authorization-mode=Webhook").authority())
        .hasMessage("authorization-mode Webhook's authorization config file not passed");
    assertThatThrownBy(() -> authorization("--authorization-policy-file=/f").authority())
        .hasMessage("cannot specify --authorization-policy-file without mode ABAC");
  }
}
