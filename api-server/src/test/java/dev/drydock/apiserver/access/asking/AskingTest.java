package dev.drydock.apiserver.access.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.access.abac.AbacAuthorizer;
import dev.drydock.apiserver.access.identity.BearerTokens.Reading;
import dev.drydock.apiserver.access.identity.RememberedTokens;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.request.User;
import dev.drydock.client.time.Timers;
import dev.drydock.testkit.time.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AskingTest {
  private static final User JANE = new User("jane", "", List.of("dev"), Map.of());
  private static final Timers AT_ONCE =
      (delay, task) -> {
        task.run();
        return () -> {};
      };

  private final FakeClock clock = new FakeClock();
  @TempDir private Path directory;

  private ReviewServer server(OutsideServer outside) throws IOException {
    return new ReviewServer(
        ServerAddress.read(outside.kubeconfig(directory)), Duration.ofSeconds(5), AT_ONCE);
  }

  private static AccessAttributes.Resource pods(String verb, String namespace) {
    return new AccessAttributes.Resource(JANE, verb, "", "pods", "", namespace, "");
  }

  private ReviewAuthorizer authorizer(OutsideServer outside, String more) throws IOException {
    String file =
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthorizationConfiguration
        authorizers:
        - type: Webhook
          name: outside
          webhook:
            timeout: 3s
            authorizedTTL: 1m
            unauthorizedTTL: 10s
            subjectAccessReviewVersion: v1
            matchConditionSubjectAccessReviewVersion: v1
            connectionInfo: {type: KubeConfigFile, kubeConfigFile: %s}
        %s
        """
            .formatted(outside.kubeconfig(directory), more.indent(4).stripTrailing());
    List<AuthorizerChoice> choices =
        AuthorizationConfiguration.read(file, new CelEnvironment(), null);
    var chosen = (AuthorizerChoice.Webhook) choices.getFirst();
    return new ReviewAuthorizer(chosen.name(), server(outside), chosen.settings(), clock);
  }

  @Test
  void aServerSaysWhoseATokenIs() throws Exception {
    try (var outside =
        new OutsideServer(
            spec ->
                spec.path("token").asString().equals("good")
                    ? """
                    {"authenticated": true, "user": {"username": "jane", "uid": "7",
                     "groups": ["dev"], "extra": {"a": ["b"]}}}\
                    """
                    : "{\"authenticated\": false}")) {
      var tokens =
          new RememberedTokens(
              new TokenReviews(server(outside), "v1", List.of("api")),
              Duration.ofMinutes(2),
              Duration.ofMinutes(2),
              clock);
      var jane = new User("jane", "7", List.of("dev"), Map.of("a", List.of("b")));
      for (int i = 0; i < 2; i++) {
        assertThat(tokens.read("good", List.of("api", "x")))
            .isEqualTo(new Reading.Stands(jane, List.of("api")));
        assertThat(tokens.read("bad", List.of("api"))).isEqualTo(Reading.FOREIGN);
      }
      assertThat(tokens.read("good", List.of("x"))).isEqualTo(Reading.FOREIGN);
      assertThat(outside.asked).hasSize(3);
      assertThat(outside.asked.getFirst().path("apiVersion").asString())
          .isEqualTo("authentication.k8s.io/v1");
      clock.advance(Duration.ofMinutes(2));
      tokens.read("good", List.of("api", "x"));
      assertThat(outside.asked).hasSize(4);
      outside.code = 500;
      clock.advance(Duration.ofMinutes(2));
      assertThat(tokens.read("good", List.of("api"))).isInstanceOf(Reading.Refused.class);
      assertThat(outside.asked).as("five attempts").hasSize(9);
    }
  }

  @Test
  void aServerSaysWhatSomebodyMayDo() throws Exception {
    try (var outside =
        new OutsideServer(
            spec ->
                switch (spec.path("resourceAttributes").path("verb").asString("")) {
                  case "list" -> "{\"allowed\": true, \"reason\": \"readers may\"}";
                  case "delete" -> "{\"allowed\": false, \"denied\": true, \"reason\": \"never\"}";
                  default -> "{\"allowed\": false, \"reason\": \"hm\"}";
                })) {
      ReviewAuthorizer authorizer = authorizer(outside, "failurePolicy: Deny");
      for (int i = 0; i < 2; i++) {
        assertThat(authorizer.authorize(pods("list", "a")))
            .isEqualTo(new Verdict.Allow("readers may"));
        assertThat(authorizer.authorize(pods("delete", "a"))).isEqualTo(new Verdict.Deny("never"));
        assertThat(authorizer.authorize(pods("get", "a"))).isEqualTo(new Verdict.NoOpinion("hm"));
      }
      assertThat(outside.asked).hasSize(3);
      JsonNode spec = outside.asked.getFirst().path("spec");
      assertThat(spec.toString())
          .isEqualTo(
              "{\"resourceAttributes\":{\"namespace\":\"a\",\"verb\":\"list\",\"version\":\"v1\","
                  + "\"resource\":\"pods\"},\"user\":\"jane\",\"groups\":[\"dev\"]}");
      clock.advance(Duration.ofSeconds(10));
      authorizer.authorize(pods("list", "a"));
      authorizer.authorize(pods("get", "a"));
      assertThat(outside.asked).hasSize(4);
      outside.code = 400;
      assertThat(authorizer.authorize(pods("watch", "a")))
          .isEqualTo(new Verdict.Deny("the server rejected our request (code 400)"));
    }
  }

  @Test
  void conditionsKeepQuestionsFromTheServer() throws Exception {
    try (var outside = new OutsideServer(_ -> "{\"allowed\": true}")) {
      ReviewAuthorizer authorizer =
          authorizer(
              outside,
              """
              failurePolicy: Deny
              matchConditions:
              - {expression: has(request.resourceAttributes)}
              - {expression: "request.resourceAttributes.namespace == 'a'"}
              - {expression: "!('system:masters' in request.groups)"}
              """);
      assertThat(authorizer.authorize(new AccessAttributes.Path(JANE, "get", "/metrics")))
          .isEqualTo(new Verdict.NoOpinion(""));
      assertThat(authorizer.authorize(pods("get", "b"))).isEqualTo(new Verdict.NoOpinion(""));
      assertThat(outside.asked).isEmpty();
      var selected =
          pods("list", "a")
              .selected(
                  FieldSelector.parse("spec.nodeName=n1"),
                  LabelSelector.parse("a=b,c in (e,d),f!=g,h,!i,j>3"));
      assertThat(authorizer.authorize(selected).isAllowed()).isTrue();
      assertThat(
              outside
                  .asked
                  .getFirst()
                  .at("/spec/resourceAttributes/fieldSelector/requirements/0")
                  .toString())
          .isEqualTo("{\"key\":\"spec.nodeName\",\"operator\":\"In\",\"values\":[\"n1\"]}");
      var labels = new ArrayList<String>();
      outside
          .asked
          .getFirst()
          .at("/spec/resourceAttributes/labelSelector/requirements")
          .forEach(requirement -> labels.add(requirement.toString()));
      assertThat(labels)
          .as("comparisons by size can't be said")
          .containsExactly(
              "{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"b\"]}",
              "{\"key\":\"c\",\"operator\":\"In\",\"values\":[\"d\",\"e\"]}",
              "{\"key\":\"f\",\"operator\":\"NotIn\",\"values\":[\"g\"]}",
              "{\"key\":\"h\",\"operator\":\"Exists\"}",
              "{\"key\":\"i\",\"operator\":\"DoesNotExist\"}");
      assertThat(
              authorizer
                  .authorize(
                      pods("list", "a")
                          .selected(FieldSelector.EVERYTHING, LabelSelector.parse("a=b")))
                  .isAllowed())
          .as("another selection is another question")
          .isTrue();
      assertThat(outside.asked).hasSize(2);
    }
  }

  @Test
  void conditionsSeeSelectors() throws Exception {
    try (var outside = new OutsideServer(_ -> "{\"allowed\": true}")) {
      ReviewAuthorizer authorizer =
          authorizer(
              outside,
              """
              failurePolicy: Deny
              matchConditions:
              - expression: "has(request.resourceAttributes.labelSelector) &&\
               request.resourceAttributes.labelSelector.requirements.exists(r,\
               r.key == 'team' && r.operator == 'In' && r.values == ['a'])"
              """);
      AccessAttributes.Resource all = pods("list", "a");
      AccessAttributes mine = all.selected(FieldSelector.EVERYTHING, LabelSelector.parse("team=a"));
      assertThat(authorizer.authorize(all)).isEqualTo(new Verdict.NoOpinion(""));
      assertThat(authorizer.authorize(mine).isAllowed()).isTrue();
      assertThat(outside.asked).hasSize(1);
    }
  }

  @Test
  void whatIsWrongInTheFileIsNamed() {
    String file =
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthorizationConfiguration
        authorizers:
        - {type: Node, name: node}
        - {type: Node, name: again}
        - {type: Magic, name: magic}
        - {type: RBAC, name: node, webhook: {}}
        - type: Webhook
          name: Out
          webhook:
            timeout: 31s
            failurePolicy: Maybe
            subjectAccessReviewVersion: v1
            connectionInfo: {type: KubeConfigFile, kubeConfigFile: here}
            matchConditions: [{expression: request.verb}]
        """;
    assertThatThrownBy(() -> AuthorizationConfiguration.read(file, new CelEnvironment(), null))
        .hasMessageContainingAll(
            "authorizers[1].type: Duplicate value: \"Node\"",
            "authorizers[2].type: Unsupported value: \"Magic\": supported values: \"ABAC\","
                + " \"AlwaysAllow\", \"AlwaysDeny\", \"Node\", \"RBAC\", \"Webhook\"",
            "authorizers[3].name: Duplicate value: \"node\"",
            "authorizers[3].webhook: Invalid value: \"non-null\": may only be specified when"
                + " type=Webhook",
            "authorizers[4].name: Invalid value: \"Out\": authorizer name is invalid",
            "authorizers[4].timeout: Invalid value: \"31s\": must be > 0s and <= 30s",
            "authorizers[4].matchConditionSubjectAccessReviewVersion: Required value: required if"
                + " match conditions are specified",
            "authorizers[4].failurePolicy: Unsupported value: \"Maybe\"",
            "authorizers[4].connectionInfo.kubeConfigFile: Invalid value: \"here\": must be an"
                + " absolute path",
            "authorizers[4].matchConditions[0].expression: Invalid value: \"request.verb\":"
                + " compilation failed");
  }

  @Test
  void policiesInAFileAllow() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("policies"),
            """
            # everybody may read in a
            {"apiVersion": "abac.authorization.kubernetes.io/v1beta1", "kind": "Policy", "spec": \
            {"group": "dev", "namespace": "a", "resource": "*", "apiGroup": "*", "readonly": true}}
            {"apiVersion": "abac.authorization.kubernetes.io/v1beta1", "kind": "Policy", "spec": \
            {"user": "*", "nonResourcePath": "/health*"}}
            """);
    AbacAuthorizer authorizer = AbacAuthorizer.read(file);
    assertThat(authorizer.authorize(pods("list", "a")).isAllowed()).isTrue();
    assertThat(authorizer.authorize(pods("create", "a")))
        .isEqualTo(new Verdict.NoOpinion("No policy matched."));
    assertThat(authorizer.authorize(pods("list", "b")).isAllowed()).isFalse();
    assertThat(authorizer.authorize(new AccessAttributes.Path(JANE, "get", "/healthz")).isAllowed())
        .isTrue();
  }
}
