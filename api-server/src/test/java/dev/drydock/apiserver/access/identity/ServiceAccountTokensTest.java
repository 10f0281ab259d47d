package dev.drydock.apiserver.access.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.TokenIssuer.BoundObject;
import dev.drydock.apiserver.access.TokenIssuer.IssuedToken;
import dev.drydock.apiserver.access.TokenIssuer.ServiceAccountRef;
import dev.drydock.apiserver.access.TokenIssuer.TokenOrder;
import dev.drydock.apiserver.access.identity.IdentityObjects.Kind;
import dev.drydock.apiserver.access.identity.IdentityObjects.Living;
import dev.drydock.apiserver.request.User;
import dev.drydock.testkit.time.FakeClock;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceAccountTokensTest {
  private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
  private static final TokenSettings SETTINGS = TokenSettings.of(ISSUER);
  private static final ServiceAccountRef BOT = new ServiceAccountRef("dev", "bot", "u1");

  private final FakeClock clock = new FakeClock();
  private final Map<String, Living> objects = new HashMap<>();
  private final IdentityObjects lookup =
      (kind, namespace, name) -> Optional.ofNullable(objects.get(kind + namespace + "/" + name));
  private final Map<String, SecretReader.Content> secrets = new HashMap<>();
  private TokenKeys keys = keys("EC", 256);

  private static TokenKeys keys(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      KeyPair pair = generator.generateKeyPair();
      return TokenKeys.of(pair.getPrivate(), List.of(pair.getPublic()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void theAccountLives() {
    objects.put(Kind.SERVICE_ACCOUNT + "dev/bot", new Living("u1", null));
    objects.put(Kind.POD + "dev/web", new Living("p1", null));
  }

  private IssuedToken issue(Duration lifetime, List<String> audiences, BoundObject... bound) {
    return new ServiceAccountTokens(keys, SETTINGS, clock, () -> new UUID(1, 2))
        .issue(new TokenOrder(BOT, audiences, lifetime, List.of(bound)));
  }

  private Optional<User> user(IssuedToken token) {
    return users().read(token.token(), List.of(ISSUER))
            instanceof BearerTokens.Reading.Stands stands
        ? Optional.of(stands.user())
        : Optional.empty();
  }

  private ServiceAccountUsers users() {
    return new ServiceAccountUsers(
        keys, SETTINGS, lookup, (_, name) -> Optional.ofNullable(secrets.get(name)), clock);
  }

  @Test
  void aTokenStandsForItsAccountUntilItExpires() {
    IssuedToken token = issue(Duration.ofHours(1), List.of());
    User user = user(token).orElseThrow();
    assertThat(user.name()).isEqualTo("system:serviceaccount:dev:bot");
    assertThat(user.uid()).isEqualTo("u1");
    assertThat(user.groups()).contains("system:serviceaccounts:dev");
    assertThat(token.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    clock.advance(Duration.ofHours(1));
    assertThat(user(token)).isEmpty();
  }

  @Test
  void rsaKeysWorkTooAndForeignOnesDoNot() {
    keys = keys("RSA", 2048);
    IssuedToken token = issue(Duration.ofHours(1), List.of());
    assertThat(user(token)).isPresent();
    keys = keys("RSA", 2048);
    assertThat(user(token)).isEmpty();
  }

  @Test
  void aTokenForOthersIsNotForUs() {
    assertThat(user(issue(Duration.ofHours(1), List.of("vault")))).isEmpty();
  }

  @Test
  void aTokenEndsWithItsPodOrAccount() {
    IssuedToken token =
        issue(Duration.ofHours(1), List.of(), new BoundObject(BoundObject.Kind.POD, "web", "p1"));
    assertThat(user(token).orElseThrow().extra())
        .containsEntry("authentication.kubernetes.io/pod-name", List.of("web"));
    objects.put(Kind.POD + "dev/web", new Living("another", null));
    assertThat(user(token)).isEmpty();
    objects.put(Kind.POD + "dev/web", new Living("p1", null));
    objects.remove(Kind.SERVICE_ACCOUNT + "dev/bot");
    assertThat(user(token)).isEmpty();
  }

  @Test
  void aKubeletsTokenLivesAYearButWarnsEarlier() throws java.text.ParseException {
    IssuedToken token = issue(Duration.ofSeconds(3607), List.of());
    var claims = SignedJWT.parse(token.token()).getJWTClaimsSet();
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(clock.instant().plus(Duration.ofDays(365)));
    assertThat(claims.getJSONObjectClaim("kubernetes.io"))
        .containsEntry("warnafter", clock.instant().getEpochSecond() + 3607);
    assertThat(token.expires()).isEqualTo(clock.instant().plusSeconds(3607));
  }

  @Test
  void whatProvesNothingIsUnauthorized() {
    var authenticator =
        new StandardAuthenticator(
            new StandardAuthenticator.Certificates(List::of, null, clock),
            new StandardAuthenticator.Tokens(
                List.of(StaticTokens.of(List.of("t0k,jane,7,\"a,b\"")), users()), List.of(ISSUER)),
            StandardAuthenticator.Anonymous.ALLOWED);
    assertThat(authenticator.authenticate(Credentials.of(null, "Bearer t0k")).groups())
        .containsExactly("a", "b", User.AUTHENTICATED);
    assertThat(authenticator.authenticate(Credentials.NONE)).isEqualTo(User.ANONYMOUS);
    assertThatThrownBy(() -> authenticator.authenticate(Credentials.of(null, "Bearer x.y.z")))
        .isInstanceOf(ApiException.class)
        .hasMessage("Unauthorized");
  }

  @Test
  void aTokenReviewNamesTheAudiencesThatMatch() {
    IssuedToken token = issue(Duration.ofHours(1), List.of("vault", "db"));
    assertThat(users().read(token.token(), List.of("db", "web")))
        .isInstanceOfSatisfying(
            BearerTokens.Reading.Stands.class,
            stands -> assertThat(stands.audiences()).containsExactly("db"));
    assertThat(users().read(token.token(), List.of("web")))
        .isEqualTo(
            new BearerTokens.Reading.Refused(
                "token audiences [\"vault\" \"db\"] is invalid for the target audiences"
                    + " [\"web\"]"));
  }

  @Test
  void aBootstrapTokenCountsUntilItExpires() {
    var tokens = new BootstrapTokens((_, name) -> Optional.ofNullable(secrets.get(name)), clock);
    String token = "abcdef.0123456789abcdef";
    assertThat(tokens.read(token, List.of())).isEqualTo(BearerTokens.Reading.FOREIGN);
    secrets.put(
        "bootstrap-token-abcdef",
        new SecretReader.Content(
            "bootstrap.kubernetes.io/token",
            Map.of(
                "token-id", "abcdef",
                "token-secret", "0123456789abcdef",
                "usage-bootstrap-authentication", "true",
                "auth-extra-groups", "system:bootstrappers:kubeadm:default-node-token",
                "expiration", clock.instant().plusSeconds(60).toString())));
    assertThat(tokens.read(token, List.of()))
        .isInstanceOfSatisfying(
            BearerTokens.Reading.Stands.class,
            stands -> {
              assertThat(stands.user().name()).isEqualTo("system:bootstrap:abcdef");
              assertThat(stands.user().groups())
                  .containsExactly(
                      "system:bootstrappers", "system:bootstrappers:kubeadm:default-node-token");
            });
    clock.advance(Duration.ofSeconds(60));
    assertThat(tokens.read(token, List.of())).isEqualTo(BearerTokens.Reading.FOREIGN);
  }
}
