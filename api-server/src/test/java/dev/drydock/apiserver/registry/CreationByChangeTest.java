package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Updates and applies of what is not there.
class CreationByChangeTest {
  private static final String LEASES = "coordination.k8s.io/v1/leases";
  private static final WriteOptions APPLYING =
      new WriteOptions(
          WriteOptions.Persistence.STORED, "test", WriteOptions.FieldValidation.STRICT);

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private static ObjectNode lease() {
    return json(
        "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: x, namespace: default}}");
  }

  private static ObjectNode configMap() {
    return json("{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: default}}");
  }

  @Test
  void anUpdateCreatesWhereTheKindAllowsIt() {
    Written written = api.update(LEASES, "default", lease());
    assertThat(written.outcome()).isEqualTo(Written.Outcome.CREATED);
    assertThat(written.object().tree().at("/metadata/uid").isMissingNode()).isFalse();
    assertThatThrownBy(() -> api.update(LEASES, "default", lease()))
        .hasMessageContaining("must be specified for an update");
  }

  @Test
  void anUpdateCreatesNothingElse() {
    assertThatThrownBy(() -> api.update("configmaps", "default", configMap()))
        .hasMessage("configmaps \"x\" not found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"update", "apply"})
  void whoMayNotCreateCannotDoSoByAChange(String verb) {
    var reader =
        new RequestContext(
            RegistryFixture.READER,
            "test",
            List.of(),
            api.context.received(),
            api.context.warnings());
    assertThatThrownBy(
            () -> {
              if (verb.equals("update")) {
                api.registry.update(
                    reader, target(LEASES, "default", "x"), lease(), RegistryFixture.STORED);
              } else {
                api.registry.patch(
                    reader,
                    target("configmaps", "default", "x"),
                    new PatchBody.Apply(configMap(), PatchBody.Conflicts.FAIL),
                    APPLYING);
              }
            })
        .hasMessageContaining("\"x\" is forbidden: ");
  }
}
