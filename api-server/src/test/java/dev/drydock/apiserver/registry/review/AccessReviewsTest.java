package dev.drydock.apiserver.registry.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.access.rbac.PolicyRule;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.apiserver.access.rbac.RbacRules;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Selectors in the reviews that clients send.
class AccessReviewsTest {
  private static final String V1 = "authorization.k8s.io/v1";

  private final List<AccessAttributes> asked = new ArrayList<>();
  private final AccessReviews reviews =
      new AccessReviews(
          attributes -> {
            asked.add(attributes);
            return new Verdict.NoOpinion("");
          },
          new RbacAuthorizer(new NoRoles()));
  private final RequestContext context =
      new RequestContext(User.of("jane", List.of()), "kubectl", List.of(), Instant.EPOCH, _ -> {});

  private static Target target(String resource, String namespace) {
    return new Target(BuiltInTypes.get().type(V1, resource), namespace, "", "");
  }

  private static ObjectNode body(String selectors) {
    return RegistryFixture.json(
        "{spec: {user: jane, resourceAttributes: {verb: list, resource: pods, namespace: dev"
            + (selectors.isEmpty() ? "" : ", " + selectors)
            + "}}}");
  }

  private ObjectNode ask(String selectors) {
    ObjectNode body = body(selectors);
    reviews.subject(context, target("subjectaccessreviews", ""), body);
    return body;
  }

  private String askedFor() {
    return switch (asked.getLast()) {
      case AccessAttributes.Selected selected ->
          "fields " + selected.fields() + " labels " + selected.labels();
      case AccessAttributes.Resource _ -> "all";
      case AccessAttributes.Path _ -> "path";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fieldSelector: {rawSelector: 'spec.nodeName=a'} | fields spec.nodeName=a labels
          fieldSelector: {requirements: [{key: spec.nodeName, operator: In, values: [a]}]} | fields spec.nodeName=a labels
          fieldSelector: {requirements: [{key: x, operator: NotIn, values: [a]}]} | fields x!=a labels
          labelSelector: {rawSelector: 'a=b,c'} | fields  labels a=b,c
          labelSelector: {requirements: [{key: a, operator: In, values: [b]}, {key: c, operator: DoesNotExist}]} | fields  labels a in (b),!c
          fieldSelector: {rawSelector: 'x=y'}, labelSelector: {rawSelector: 'a!=b'} | fields x=y labels a!=b
          """)
  void selectorsArePartOfTheQuestion(String selectors, String expected) {
    ObjectNode answer = ask(selectors);
    assertThat(askedFor()).isEqualToIgnoringWhitespace(expected);
    assertThat(answer.at("/status").has("evaluationError")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fieldSelector: {rawSelector: 'key in value'} | all | spec.resourceAttributes.fieldSelector ignored due to parse error
          labelSelector: {rawSelector: '&'} | all | spec.resourceAttributes.labelSelector ignored due to parse error
          fieldSelector: {requirements: [{key: x, operator: In, values: [a, b]}, {key: y, operator: In, values: [c]}]} | fields y=c labels | spec.resourceAttributes.fieldSelector partially ignored due to parse error
          fieldSelector: {rawSelector: '&'}, labelSelector: {requirements: [{key: '&', operator: Exists}]} | all | spec.resourceAttributes.fieldSelector ignored due to parse error; spec.resourceAttributes.labelSelector ignored due to parse error
          """)
  void whatCannotBeReadWidensTheQuestion(String selectors, String expected, String error) {
    ObjectNode answer = ask(selectors);
    assertThat(askedFor()).isEqualToIgnoringWhitespace(expected);
    assertThat(answer.at("/status/evaluationError").asString()).isEqualTo(error);
  }

  @Test
  void everyReviewTakesSelectors() {
    String labels = "labelSelector: {rawSelector: 'a=b'}";
    reviews.self(context, target("selfsubjectaccessreviews", ""), body(labels));
    assertThat(askedFor()).isEqualToIgnoringWhitespace("fields labels a=b");
    reviews.local(context, target("localsubjectaccessreviews", "dev"), body(labels));
    assertThat(askedFor()).isEqualToIgnoringWhitespace("fields labels a=b");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aSelectorSaysOneThing() {
    assertThatThrownBy(
            () ->
                ask(
                    "labelSelector: {rawSelector: 'a=b', requirements: [{key: a, operator:"
                        + " Exists}]}"))
        .hasMessageContaining(
            "spec.resourceAttributes.labelSelector.rawSelector: Invalid value: \"a=b\": may not"
                + " specified at the same time as requirements");
    assertThatThrownBy(() -> ask("fieldSelector: {}"))
        .hasMessageContaining("spec.resourceAttributes.fieldSelector.requirements: Required value");
    assertThat(asked).isEmpty();
  }

  /// A cluster without roles.
  private static final class NoRoles implements RbacRules {
    @Override
    public List<Grant> grantsTo(User user, String namespace) {
      return List.of();
    }

    @Override
    public Optional<List<PolicyRule>> rulesOf(RoleRef role) {
      return Optional.empty();
    }
  }
}
