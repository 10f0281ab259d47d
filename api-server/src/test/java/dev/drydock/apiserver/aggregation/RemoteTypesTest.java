package dev.drydock.apiserver.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.apiserver.discovery.Priority;
import dev.drydock.apiserver.discovery.RemoteVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteTypesTest {
  private static final RemoteTypes TYPES =
      new RemoteTypes(
          (group, version, resource) ->
              BuiltInTypes.get().find(version, resource).map(TypeInfo::type),
          () ->
              List.of(
                  new RemoteVersion(
                      "garden.example.com",
                      "v1",
                      new Priority(1, 1),
                      RemoteVersion.Freshness.STALE,
                      List.of(
                          TreeCodec.read(
                              """
                              {"resource": "flowers", "scope": "Namespaced",
                               "responseKind": {"kind": "Flower"}, "verbs": ["get", "list"]}\
                              """
                                  .getBytes(StandardCharsets.UTF_8))),
                      RemoteVersion.OpenApiTexts.NONE)));

  @Test
  void typesOfOtherServersAreFoundBesideTheOwn() {
    ResourceType flowers = TYPES.find("garden.example.com", "v1", "flowers").orElseThrow();
    assertThat(flowers.kind()).isEqualTo("Flower");
    assertThat(flowers.isNamespaced()).isTrue();
    assertThat(TYPES.find("garden.example.com", "v1", "trees")).isEmpty();
    assertThat(TYPES.find("", "v1", "pods")).isPresent();
  }

  @Test
  void theDocumentTellsWhetherAServerCanBeAsked() {
    assertThat(TYPES.document().at("/items/0/versions/0/freshness").stringValue())
        .isEqualTo("Stale");
    assertThat(TYPES.document().at("/items/0/versions/0/resources/0/verbs")).hasSize(2);
  }
}
