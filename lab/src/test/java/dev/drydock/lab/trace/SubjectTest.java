package dev.drydock.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
  @ParameterizedTest
  @CsvSource({
    "deployment/web, deployments",
    "deploy/web, deployments",
    "deployments.apps/web, deployments",
    "po/web, pods",
    "Pod/web, pods",
    "ingress/web, ingresses",
    "networkpolicy/web, networkpolicies",
    "endpoints/web, endpoints",
  })
  void aKindMayBeWrittenAsForKubectl(String text, String resource) {
    assertThat(Subject.parse(text, "default")).isEqualTo(new Subject(resource, "default", "web"));
  }

  @Test
  void anythingElseIsRefusedWithAnExample() {
    assertThatThrownBy(() -> Subject.parse("web", "default"))
        .hasMessage("name an object as KIND/NAME, for example deployment/web, not 'web'");
  }
}
