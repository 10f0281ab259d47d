package dev.drydock.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.GroupVersionKind;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemasTest {
  private final Schemas schemas = Schemas.builtIn();

  private Schema at(String apiVersion, String kind, String path) {
    Schema schema = schemas.kind(GroupVersionKind.of(apiVersion, kind)).orElseThrow();
    for (String step : path.split("\\.")) {
      schema =
          step.equals("[]")
              ? schema.items().orElseThrow()
              : Objects.requireNonNull(schema.properties().get(step));
    }
    return schema;
  }

  @Test
  void theContainersOfAPodAreAMapByName() {
    Schema containers = at("v1", "Pod", "spec.containers");
    assertThat(containers.type()).isEqualTo(Schema.Type.ARRAY);
    assertThat(containers.facts().listType()).isEqualTo(Schema.ListType.MAP);
    assertThat(containers.facts().listMapKeys()).containsExactly("name");
    assertThat(containers.facts().patchMergeKey()).isEqualTo("name");
    assertThat(containers.items().orElseThrow().definition())
        .contains("io.k8s.api.core.v1.Container");
    assertThat(containers.description()).contains("containers belonging to the pod");
  }

  @Test
  void specialTypesAreKnown() {
    assertThat(at("v1", "Service", "spec.ports.[].targetPort").type())
        .isEqualTo(Schema.Type.INT_OR_STRING);
    assertThat(at("v1", "Pod", "spec.containers.[].resources.limits.[]").type())
        .isEqualTo(Schema.Type.QUANTITY);
    assertThat(at("v1", "Pod", "metadata.creationTimestamp").facts().format())
        .isEqualTo("date-time");
    assertThat(at("coordination.k8s.io/v1", "Lease", "spec.renewTime").facts().format())
        .isEqualTo("micro-time");
    assertThat(at("v1", "Secret", "data.[]").facts().format()).isEqualTo("byte");
    assertThat(at("apps/v1", "ControllerRevision", "data").type()).isEqualTo(Schema.Type.ANY);
    assertThat(at("v1", "Pod", "metadata.managedFields.[].fieldsV1").type())
        .isEqualTo(Schema.Type.ANY);
  }

  @Test
  void defaultsAndAtomicReferencesStandAtTheirField() {
    assertThat(at("apps/v1", "Deployment", "spec.replicas").facts().defaultValue())
        .hasValueSatisfying(value -> assertThat(value.intValue()).isEqualTo(1));
    assertThat(at("apps/v1", "Deployment", "spec.selector").facts().mapType())
        .isEqualTo(Schema.MapType.ATOMIC);
  }

  @Test
  void everyReferenceLeadsToADefinition() {
    Set<String> seen = new HashSet<>();
    schemas.definitions().forEach(one -> walk(one, seen));
    assertThat(seen).hasSizeGreaterThan(500);
  }

  private void walk(Schema schema, Set<String> seen) {
    if (schema.definition().isPresent() && !seen.add(schema.definition().get())) {
      return;
    }
    schema.properties().values().forEach(one -> walk(one, seen));
    schema.items().ifPresent(one -> walk(one, seen));
  }

  @Test
  void everyServedTypeAndItsSubresourcesHaveTheirVerbsAndASchema() {
    for (TypeInfo info : BuiltInTypes.get().all()) {
      assertThat(schemas.kind(info.type().groupVersionKind())).as(info.toString()).isPresent();
      assertThat(info.verbs()).isNotEmpty();
    }
    TypeInfo pods = BuiltInTypes.get().find("v1", "pods").orElseThrow();
    assertThat(pods.storageVersionHash()).isEqualTo("xPOwRZ+Yhw8=");
    assertThat(pods.subresource("eviction").orElseThrow().kind())
        .isEqualTo(new GroupVersionKind("policy", "v1", "Eviction"));
    assertThat(BuiltInTypes.get().find("v1", "componentstatuses").orElseThrow().verbs())
        .containsExactly("get", "list");
  }
}
