package dev.drydock.apiserver.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.drydock.apiserver.access.AnonymousRule;
import dev.drydock.apiserver.access.identity.BearerTokens.Reading;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.request.User;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JwtIssuersTest {
  private static final List<String> OURS = List.of("https://kubernetes.default.svc");
  private static IssuerServer server;
  private static RSAKey rsa;
  private static ECKey elliptic;

  private final FakeClock clock = new FakeClock();
  private final CelEnvironment cel = new CelEnvironment();

  @BeforeAll
  static void start() throws Exception {
    server = new IssuerServer();
    rsa = server.rsa("one");
    elliptic = server.elliptic("two");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private String config(String rules) {
    return """
    apiVersion: apiserver.config.k8s.io/v1
    kind: AuthenticationConfiguration
    jwt:
    - issuer:
        url: %s
        audiences: [drydock, other]
        audienceMatchPolicy: MatchAny
        certificateAuthority: |
    %s
    %s
    """
        .formatted(
            server.url(),
            server.authority().strip().indent(6).stripTrailing(),
            rules.indent(2).stripTrailing());
  }

  private JwtIssuers issuers(String rules) {
    var read = AuthenticationConfiguration.read(config(rules), cel, Set.copyOf(OURS));
    return new JwtIssuers(read::issuers, OURS, clock);
  }

  private Map<String, Object> claims(Object... more) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", server.url());
    claims.put("aud", List.of("drydock"));
    claims.put("sub", "42");
    claims.put("exp", clock.instant().plus(Duration.ofMinutes(5)).getEpochSecond());
    for (int i = 0; i < more.length; i += 2) {
      claims.put(String.valueOf(more[i]), more[i + 1]);
    }
    return claims;
  }

  private static final String PLAIN =
      """
      claimMappings:
        username: {claim: sub, prefix: "oidc:"}
        groups: {claim: roles, prefix: "oidc:"}
        uid: {claim: sub}
      claimValidationRules:
      - {claim: hd, requiredValue: example.com}
      """;

  private static final String EXPRESSIONS =
      """
      claimMappings:
        username: {expression: 'claims.email.split("@")[0]'}
        groups: {expression: 'claims.roles.split(",")'}
        uid: {expression: 'claims.sub'}
        extra:
        - {key: 'example.com/team', valueExpression: 'claims.?team.orValue("")'}
        - {key: 'example.com/level', valueExpression: 'string(claims.level)'}
      claimValidationRules:
      - {expression: 'claims.email_verified == true', message: the email must be verified}
      userValidationRules:
      - {expression: "!user.username.startsWith('system:')", message: no system users}
      - {expression: "user.groups.all(g, !g.startsWith('system:'))", message: no system groups}
      """;

  private static Reading read(JwtIssuers issuers, String token) {
    return issuers.read(token, OURS);
  }

  private static User user(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Stands.class);
    return ((Reading.Stands) reading).user();
  }

  private static String refusal(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).reason();
  }

  @Test
  void claimsBecomeAUser() throws Exception {
    JwtIssuers issuers = issuers(PLAIN);
    String token =
        IssuerServer.sign(
            rsa,
            JWSAlgorithm.RS256,
            claims("hd", "example.com", "roles", List.of("dev", "ops"), "jti", "n1"));
    assertThat(user(read(issuers, token)))
        .isEqualTo(
            new User(
                "oidc:42",
                "42",
                List.of("oidc:dev", "oidc:ops"),
                Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=n1"))));
    String single =
        IssuerServer.sign(
            elliptic, JWSAlgorithm.ES256, claims("hd", "example.com", "roles", "dev"));
    assertThat(user(read(issuers, single)).groups()).containsExactly("oidc:dev");
  }

  @Test
  void expressionsMakeAUser() throws Exception {
    JwtIssuers issuers = issuers(EXPRESSIONS);
    Map<String, Object> said =
        claims("email", "jane@example.com", "email_verified", true, "roles", "a,b", "level", 7);
    assertThat(user(read(issuers, IssuerServer.sign(rsa, JWSAlgorithm.PS256, said))))
        .isEqualTo(
            new User("jane", "42", List.of("a", "b"), Map.of("example.com/level", List.of("7"))));
    said.put("email_verified", false);
    assertThat(refusal(read(issuers, IssuerServer.sign(rsa, JWSAlgorithm.RS256, said))))
        .isEqualTo(
            "oidc: error evaluating claim validation expression: validation expression"
                + " 'claims.email_verified == true' failed: the email must be verified");
    said.put("email_verified", true);
    said.put("email", "system:admin@example.com");
    assertThat(refusal(read(issuers, IssuerServer.sign(rsa, JWSAlgorithm.RS256, said))))
        .isEqualTo(
            "oidc: error evaluating user info validation rule: validation expression"
                + " '!user.username.startsWith('system:')' failed: no system users");
    said.remove("email");
    assertThat(refusal(read(issuers, IssuerServer.sign(rsa, JWSAlgorithm.RS256, said))))
        .isEqualTo("oidc: error evaluating username claim expression: no such key: email");
  }

  @Test
  void whatIsNotInOrderIsRefusedWithItsReason() throws Exception {
    JwtIssuers issuers = issuers(PLAIN);
    Map<String, Map<String, Object>> wrong =
        Map.of(
            "oidc: verify token: oidc: token is expired",
            claims("exp", clock.instant().getEpochSecond()),
            "oidc: verify token: oidc: current time",
            claims("nbf", clock.instant().plus(Duration.ofMinutes(6)).getEpochSecond()),
            "oidc: verify token: oidc: expected audience in [\"drydock\" \"other\"] got [\"x\"]",
            claims("aud", "x"),
            "oidc: required claim hd not present in ID token",
            claims(),
            "oidc: required claim hd value does not match. Got = a, want = example.com",
            claims("hd", "a"),
            "oidc: parse groups claim \"roles\": json: cannot unmarshal number",
            claims("hd", "example.com", "roles", 1));
    for (var entry : wrong.entrySet()) {
      String token = IssuerServer.sign(rsa, JWSAlgorithm.RS256, entry.getValue());
      assertThat(refusal(read(issuers, token))).startsWith(entry.getKey());
    }
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("one").generate();
    assertThat(refusal(read(issuers, IssuerServer.sign(stranger, JWSAlgorithm.RS256, claims()))))
        .isEqualTo(
            "oidc: verify token: failed to verify signature: failed to verify id token"
                + " signature");
    assertThat(
            read(issuers, IssuerServer.sign(rsa, JWSAlgorithm.RS256, claims("iss", "https://x"))))
        .isEqualTo(Reading.FOREIGN);
    assertThat(read(issuers, "no.token.atall")).isEqualTo(Reading.FOREIGN);
    assertThat(
            issuers.read(
                IssuerServer.sign(rsa, JWSAlgorithm.RS256, claims()), List.of("somebody-else")))
        .isEqualTo(Reading.FOREIGN);
  }

  @Test
  void keysAreFetchedWithTheFirstTokenAndForAKeyThatIsNew() throws Exception {
    JwtIssuers issuers = issuers(PLAIN);
    int before = server.fetched.get();
    Map<String, Object> said = claims("hd", "example.com");
    for (int i = 0; i < 3; i++) {
      user(read(issuers, IssuerServer.sign(rsa, JWSAlgorithm.RS256, said)));
    }
    assertThat(server.fetched.get() - before).isEqualTo(1);
    RSAKey rotated = server.rsa("three");
    clock.advance(Duration.ofSeconds(2));
    user(read(issuers, IssuerServer.sign(rotated, JWSAlgorithm.RS256, said)));
    assertThat(server.fetched.get() - before).isEqualTo(2);
    server.keys.removeIf(key -> key.getKeyID().equals("three"));
  }

  @Test
  void anIssuerThatIsNotThereMakesItsTokensUseless() throws Exception {
    var settings =
        new IssuerSettings(
            "https://127.0.0.1:1",
            "",
            server.authority(),
            List.of("drydock"),
            Set.of("RS256"),
            ClaimRules.of(new ClaimMapping.Claim("sub", ""), new ClaimMapping.Nothing(), Map.of()));
    var issuers = new JwtIssuers(() -> List.of(settings), OURS, clock);
    String token = IssuerServer.sign(rsa, JWSAlgorithm.RS256, claims("iss", "https://127.0.0.1:1"));
    assertThat(refusal(read(issuers, token))).isEqualTo("oidc: authenticator not initialized");
  }

  @Test
  void whatIsWrongInTheFileIsNamed() {
    Map<String, String> wrong =
        Map.of(
            "jwt: [{issuer: {url: 'http://a?b#c', audiences: [x, y]}, claimMappings: {}}]",
            "jwt[0].issuer.url: Invalid value: \"http://a?b#c\": URL scheme must be https,"
                + " jwt[0].issuer.url: Invalid value: \"http://a?b#c\": URL must not contain a"
                + " query, jwt[0].issuer.url: Invalid value: \"http://a?b#c\": URL must not"
                + " contain a fragment, jwt[0].issuer.audienceMatchPolicy: Invalid value: \"\":"
                + " audienceMatchPolicy must be MatchAny for multiple audiences,"
                + " jwt[0].claimMappings.username: Required value: claim or expression is"
                + " required",
            "jwt: [{issuer: {url: 'https://kubernetes.default.svc', audiences: [x]},"
                + " claimMappings: {username: {claim: sub}}}]",
            "jwt[0].issuer.url: Invalid value: \"https://kubernetes.default.svc\": URL must not"
                + " overlap with disallowed issuers: [https://kubernetes.default.svc],"
                + " jwt[0].claimMappings.username.prefix: Required value: prefix is required when"
                + " claim is set. It can be set to an empty string to disable prefixing",
            "jwt: [{issuer: {url: 'https://a', audiences: [x]}, claimMappings: {username:"
                + " {expression: claims.email}}}]",
            "jwt[0].claimMappings.username.expression: Invalid value: \"claims.email\":"
                + " claims.email_verified must be used in",
            "jwt: [{issuer: {url: 'https://a', audience: x}}]",
            "strict decoding error: unknown field \"jwt[0].issuer.audience\"",
            "anonymous: {enabled: false, conditions: [{path: /livez}]}",
            "anonymous.conditions: Invalid value: [/livez]: enabled should be set to true");
    wrong.forEach(
        (yaml, message) ->
            assertThatThrownBy(
                    () ->
                        AuthenticationConfiguration.read(
                            "{apiVersion: apiserver.config.k8s.io/v1,"
                                + " kind: AuthenticationConfiguration, "
                                + yaml
                                + "}",
                            cel,
                            Set.copyOf(OURS)))
                .hasMessageStartingWith(message));
  }

  @Test
  void strangersMayAskWhereTheFileSaysSo() {
    @Nullable AnonymousRule rule =
        AuthenticationConfiguration.read(
                """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AuthenticationConfiguration
                anonymous: {enabled: true, conditions: [{path: /livez}, {path: /readyz}]}
                """,
                cel,
                Set.of())
            .anonymous();
    var wanted = new AnonymousRule.At(Set.of("/livez", "/readyz"));
    assertThat(rule).isEqualTo(wanted);
    assertThat(wanted.allows("/livez")).isTrue();
    assertThat(wanted.allows("/livez/ping")).isFalse();
  }
}
