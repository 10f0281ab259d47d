package dev.drydock.apiserver.typecheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.typecheck.TypeCheck.Warning;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeCheckTest {
  private static final CelEnvironment CEL = new CelEnvironment();

  /// The built-in types.
  private static final class BuiltIn implements TypeCheck.Kinds {
    @Override
    public Optional<ResourceType> find(String group, String version, String resource) {
      return BuiltInTypes.get()
          .find(group.isEmpty() ? version : group + "/" + version, resource)
          .map(TypeInfo::type);
    }

    @Override
    public Optional<ResourceType> ofKind(String apiVersion, String kind) {
      return BuiltInTypes.get().all().stream()
          .map(TypeInfo::type)
          .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
          .findFirst();
    }

    @Override
    public Optional<Schema> schema(ResourceType type) {
      return Schemas.builtIn().kind(type.groupVersionKind());
    }
  }

  private static List<Warning> check(String resources, String more) {
    return new TypeCheck(CEL, new BuiltIn())
        .check(
            YamlCodec.decode(
                    """
                    spec:
                      matchConstraints:
                        resourceRules:
                        - {operations: ['*'], apiGroups: [apps], apiVersions: [v1], resources: [%s]}
                      %s
                    """
                        .formatted(resources, more))
                .tree());
  }

  private static String validating(String expression) {
    return "validations: [{expression: \"" + expression + "\"}]";
  }

  @Test
  void aFieldThatTheTypeLacksIsNamedWithItsPlace() {
    assertThat(check("deployments", validating("object.replicas > 1")))
        .containsExactly(
            new Warning(
                "spec.validations[0].expression",
                """
                apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'replicas'
                 | object.replicas > 1
                 | ......^
                """));
  }

  @Test
  void everyMatchedTypeIsCheckedInTheOrderOfTheirNames() {
    assertThat(check("replicasets, deployments", validating("object.replicas > 1")))
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.text().lines().filter(line -> line.startsWith("apps/v1")))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("Kind=Deployment"));
  }

  @Test
  void whatFitsIsNotWarnedOf() {
    assertThat(
            check(
                "deployments",
                validating(
                    "object.spec.template.spec.containers.all(c, c.name != 'x' &&"
                        + " c.ports.all(p, p.containerPort < 1024)) &&"
                        + " object.metadata.labels['a'] == oldObject.metadata.name &&"
                        + " object.metadata.creationTimestamp < timestamp('2030-01-01T00:00:00Z')"
                        + " && object.spec.strategy.rollingUpdate.maxSurge == 1")))
        .isEmpty();
  }

  @Test
  void typesBehindWildcardsAreNotLookedAt() {
    assertThat(check("'*'", validating("object.replicas > 1"))).isEmpty();
  }

  @Test
  void variablesHaveTheTypesOfTheirExpressions() {
    String more =
        """
        variables: [{name: spec, expression: object.spec}, {name: count, expression: variables.spec.replicas}]
          validations: [{expression: "variables.count == 'x'"}, {expression: variables.spec.foo == 1}]
        """;
    assertThat(check("deployments", more))
        .extracting(Warning::text)
        .satisfiesExactly(
            first -> assertThat(first).contains("found no matching overload for '_==_'"),
            second -> assertThat(second).contains("undefined field 'foo'"));
  }

  @Test
  void messagesAndParametersAreCheckedToo() {
    String more =
        """
        paramKind: {apiVersion: v1, kind: ConfigMap}
          validations: [{expression: params.data.x == 'y', messageExpression: params.datum}]
        """;
    assertThat(check("deployments", more))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.field()).isEqualTo("spec.validations[0].messageExpression");
              assertThat(warning.text()).contains("undefined field 'datum'");
            });
  }
}
