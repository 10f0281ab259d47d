package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is done about fields that nobody knows or that came twice.
class FieldValidationTest {
  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void unknownFieldsAreRefusedWhenTheClientIsStrict() {
    assertThatThrownBy(
            () -> api.create("configmaps", "default", "{metadata: {name: c}, dat: {a: b}}"))
        .hasMessage(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                + " unknown field \"dat\"");
  }

  @Test
  void unknownAndDoubledFieldsAreJudgedTogether() {
    var strict =
        new WriteOptions(
            WriteOptions.Persistence.STORED,
            "test",
            WriteOptions.FieldValidation.STRICT,
            List.of("duplicate field \"data.x\""));
    assertThatThrownBy(
            () ->
                api.registry.create(
                    api.context,
                    target("configmaps", "default", ""),
                    json("{metadata: {name: c}, dat: {a: b}, data: {x: y}}"),
                    strict))
        .hasMessage(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                + " duplicate field \"data.x\", unknown field \"dat\"");
  }

  @Test
  void aStrictPatchIsRefusedAsAnInvalidValue() {
    api.create("configmaps", "default", "{metadata: {name: c}}");
    Target target = target("configmaps", "default", "c");

    assertThatThrownBy(
            () ->
                api.registry.patch(
                    api.context,
                    target,
                    new PatchBody.StrategicMerge(json("{dat: {b: [1, x], a: null}}")),
                    RegistryFixture.STORED))
        .hasMessage(
            " \"\" is invalid: patch: Invalid value: \"map[dat:map[a:<nil> b:[1 x]]]\": strict"
                + " decoding error: unknown field \"dat\"");
    assertThatThrownBy(() -> api.merge("configmaps", "default", "c", "{dat: x}"))
        .hasMessageContaining(" \"\" is invalid: patch: Invalid value: \"{")
        .hasMessageContaining("strict decoding error: unknown field \"dat\"");
  }

  @Test
  void anApplyMayNameOnlyDeclaredFieldsWhateverTheClientWants() {
    var lenient =
        new WriteOptions(
            WriteOptions.Persistence.STORED, "test", WriteOptions.FieldValidation.IGNORE);
    assertThatThrownBy(
            () ->
                api.registry.patch(
                    api.context,
                    target("configmaps", "default", "c"),
                    new PatchBody.Apply(
                        json(
                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, no: x,"
                                + " ownerReferences: [{uid: u, none: y}]}}"),
                        PatchBody.Conflicts.FAIL),
                    lenient))
        .hasMessage(
            """
            failed to create typed patch object (/c; /v1, Kind=ConfigMap): errors:
              .metadata.no: field not declared in schema
              .metadata.ownerReferences[uid="u"].none: field not declared in schema\
            """);
  }

  @Test
  void anApplyWithADoubledLineIsRefusedWhenTheClientIsStrict() {
    var strict =
        new WriteOptions(
            WriteOptions.Persistence.STORED,
            "test",
            WriteOptions.FieldValidation.STRICT,
            List.of("line 5: key \"a\" already set in map"));
    assertThatThrownBy(
            () ->
                api.registry.patch(
                    api.context,
                    target("configmaps", "default", "c"),
                    new PatchBody.Apply(
                        json(
                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: b}}"),
                        PatchBody.Conflicts.FAIL),
                    strict))
        .hasMessage(
            "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n"
                + "  line 5: key \"a\" already set in map");
  }
}
