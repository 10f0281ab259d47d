package dev.drydock.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static final ResourceType DEPLOYMENTS =
      new ResourceType("apps", "v1", "deployments", "Deployment", Scope.NAMESPACED);

  @Test
  void oneFieldErrorIsToldWithoutBrackets() {
    ApiException invalid =
        ApiException.invalid(
            DEPLOYMENTS,
            "web",
            List.of(FieldError.invalid("spec.replicas", -1, "must be greater than or equal to 0")));

    assertThat(invalid)
        .hasMessage(
            "Deployment.apps \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater"
                + " than or equal to 0");
    assertThat(invalid.status().code()).isEqualTo(422);
  }

  @Test
  void severalFieldErrorsAreListedInBrackets() {
    ApiException invalid =
        ApiException.invalid(
            DEPLOYMENTS,
            "web",
            List.of(
                FieldError.required("spec.selector", ""),
                FieldError.notSupported("spec.x", "a", List.of("b", "c"))));

    assertThat(invalid)
        .hasMessage(
            "Deployment.apps \"web\" is invalid: [spec.selector: Required value, spec.x:"
                + " Unsupported value: \"a\": supported values: \"b\", \"c\"]");
  }

  @Test
  void aMissingObjectIsNamedByItsResourceAndGroup() {
    assertThat(ApiException.notFound(DEPLOYMENTS, "web"))
        .hasMessage("deployments.apps \"web\" not found");
  }

  @Test
  void aPatchForAnotherObjectIsToldByTheUidThatCantChange() {
    var pods = new ResourceType("", "v1", "pods", "Pod", Scope.NAMESPACED);
    assertThat(invalid(pods, "metadata.uid").isForAnother()).isTrue();
    assertThat(invalid(pods, "metadata.name").isForAnother()).isFalse();
    assertThat(ApiException.notFound(pods, "a").isForAnother()).isFalse();
  }

  private static ApiException invalid(ResourceType type, String field) {
    return ApiException.invalid(
        type, "a", List.of(FieldError.invalid(field, "x", "field is immutable")));
  }
}
