package dev.drydock.apiserver.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.drydock.apiserver.access.identity.BearerTokens.Reading;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Groups that a token leaves to somebody else to tell.
class DistributedClaimsTest {
  private static final List<String> OURS = List.of("https://kubernetes.default.svc");
  private static IssuerServer server;
  private static RSAKey key;

  private final FakeClock clock = new FakeClock();

  @BeforeAll
  static void start() throws Exception {
    server = new IssuerServer();
    key = server.rsa("one");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Reading read(String groups, Map<String, Object> claims) throws Exception {
    String config =
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer:
            url: %s
            audiences: [drydock]
            certificateAuthority: |
        %s
          claimMappings:
            username: {claim: sub, prefix: ""}
            groups: %s
        """
            .formatted(server.url(), server.authority().strip().indent(6).stripTrailing(), groups);
    var read = AuthenticationConfiguration.read(config, new CelEnvironment(), Set.copyOf(OURS));
    return new JwtIssuers(read::issuers, OURS, clock).read(signed(key, claims), OURS);
  }

  private static String signed(RSAKey by, Map<String, Object> claims) throws Exception {
    return IssuerServer.sign(by, JWSAlgorithm.RS256, claims);
  }

  private Map<String, Object> claims(Object... more) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", server.url());
    claims.put("aud", "drydock");
    claims.put("sub", "jane");
    claims.put("exp", clock.instant().plus(Duration.ofMinutes(5)).getEpochSecond());
    for (int i = 0; i < more.length; i += 2) {
      claims.put(String.valueOf(more[i]), more[i + 1]);
    }
    return claims;
  }

  private Map<String, Object> referring(String path, String bearer) {
    Map<String, Object> source = new HashMap<>(Map.of("endpoint", server.url() + path));
    if (!bearer.isEmpty()) {
      source.put("access_token", bearer);
    }
    return claims(
        "_claim_names", Map.of("roles", "src1"), "_claim_sources", Map.of("src1", source));
  }

  private static List<String> groups(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Stands.class);
    return ((Reading.Stands) reading).user().groups();
  }

  private static String refusal(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).reason();
  }

  private static final String ROLES = "{claim: roles, prefix: 'oidc:'}";

  @Test
  void anotherTokenTellsTheGroups() throws Exception {
    server.tell("/open", "", signed(key, claims("roles", List.of("a", "b"))));
    server.tell("/guarded", "f005ba11", signed(key, claims("roles", "c")));

    assertThat(groups(read(ROLES, referring("/open", "")))).containsExactly("oidc:a", "oidc:b");
    assertThat(groups(read(ROLES, referring("/guarded", "f005ba11")))).containsExactly("oidc:c");
    assertThat(refusal(read(ROLES, referring("/guarded", "wrong"))))
        .isEqualTo(
            "oidc: could not expand distributed claims: while getting distributed claim"
                + " \"roles\": Get \""
                + server.url()
                + "/guarded\": 401");
  }

  @Test
  void anotherIssuerMaySignThem() throws Exception {
    try (var other = new IssuerServer(server)) {
      RSAKey pen = other.rsa("theirs");
      server.tell(
          "/theirs", "", signed(pen, claims("iss", other.url(), "roles", List.of("elsewhere"))));
      assertThat(groups(read(ROLES, referring("/theirs", "")))).containsExactly("oidc:elsewhere");
    }
  }

  @Test
  void aTokenThatDoesNotCountTellsNothing() throws Exception {
    server.tell("/audience", "", signed(key, claims("aud", "x", "roles", List.of("a"))));
    server.tell("/late", "", signed(key, claims("exp", 1, "roles", List.of("a"))));
    server.tell("/without", "", signed(key, claims()));
    server.tell("/text", "", "no token");
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
    server.tell("/forged", "", signed(stranger, claims("roles", List.of("a"))));

    assertThat(refusal(read(ROLES, referring("/audience", ""))))
        .contains("verify distributed claim token: oidc: expected audience in [\"drydock\"]");
    assertThat(refusal(read(ROLES, referring("/late", "")))).contains("oidc: token is expired");
    assertThat(refusal(read(ROLES, referring("/without", ""))))
        .endsWith("/without\" did not contain claim: roles");
    assertThat(refusal(read(ROLES, referring("/text", ""))))
        .contains("getting untrusted issuer from endpoint");
    assertThat(refusal(read(ROLES, referring("/forged", ""))))
        .contains("verify distributed claim token: failed to verify signature");
  }

  @Test
  void whatIsThereIsNotLookedUp() throws Exception {
    Map<String, Object> both = referring("/nowhere", "");
    both.put("roles", List.of("here"));
    assertThat(groups(read(ROLES, both))).containsExactly("oidc:here");
    assertThat(groups(read("{claim: others, prefix: ''}", referring("/nowhere", "")))).isEmpty();
    assertThat(groups(read("{expression: '[\"fixed\"]'}", referring("/nowhere", ""))))
        .as("expressions see only the token itself")
        .containsExactly("fixed");
  }

  @Test
  void brokenReferencesAreRefused() throws Exception {
    assertThat(refusal(read(ROLES, claims("_claim_names", Map.of("roles", "src1")))))
        .isEqualTo("oidc: could not expand distributed claims: oidc: no claim sources");
    assertThat(
            refusal(
                read(
                    ROLES,
                    claims(
                        "_claim_names",
                        Map.of("roles", "src2"),
                        "_claim_sources",
                        Map.of("src1", Map.of())))))
        .endsWith("id token _claim_names contained a source src2 missing in _claims_sources");
    assertThat(refusal(read(ROLES, claims("_claim_names", List.of("roles")))))
        .contains("error parsing distributed claim names");
    assertThat(
            groups(
                read(
                    ROLES,
                    claims(
                        "_claim_names",
                        Map.of("roles", "src1"),
                        "_claim_sources",
                        Map.of("src1", Map.of("JWT", "x"))))))
        .as("aggregated claims are not looked into")
        .isEmpty();
  }
}
