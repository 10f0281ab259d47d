package dev.drydock.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.patch.FieldManagement.Force;
import dev.drydock.apiserver.patch.FieldManagement.Writer;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class PatchProperties {
  private static final Schema POD = Json.schema("v1", "Pod");
  private static final Writer ME = new Writer("me", "v1", "", Instant.EPOCH);
  private static final Writer YOU = new Writer("you", "v1", "", Instant.EPOCH);

  @Provide
  Arbitrary<ObjectNode> trees() {
    Arbitrary<JsonNode> scalars =
        Arbitraries.of(Json.tree("1"), Json.tree("'x'"), Json.tree("true"), Json.tree("[1,2]"));
    Arbitrary<JsonNode> values =
        Arbitraries.lazyOf(() -> scalars, () -> trees().map(tree -> (JsonNode) tree));
    return Arbitraries.maps(Arbitraries.of("a", "b", "c"), values)
        .ofMaxSize(3)
        .map(map -> JsonNodeFactory.instance.objectNode().setAll(map));
  }

  @Provide
  Arbitrary<ObjectNode> pods() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c");
    Arbitrary<List<JsonNode>> containers =
        names
            .flatMap(
                name ->
                    Arbitraries.of("x", "y")
                        .map(i -> Json.tree("{name:'" + name + "',image:'" + i + "'}")))
            .list()
            .ofMaxSize(3)
            .uniqueElements(container -> container.path("name"));
    Arbitrary<List<String>> labels = names.list().ofMaxSize(2).uniqueElements();
    return containers.flatMap(
        list ->
            labels.map(
                keys -> {
                  ObjectNode pod = Json.object("{metadata:{name:'p'}}");
                  if (!keys.isEmpty()) {
                    ObjectNode map = ((ObjectNode) pod.path("metadata")).putObject("labels");
                    keys.forEach(key -> map.put(key, "v"));
                  }
                  if (!list.isEmpty()) {
                    pod.putObject("spec").putArray("containers").addAll(list);
                  }
                  return pod;
                }));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void mergingTwiceIsMergingOnce(
      @ForAll("trees") ObjectNode before, @ForAll("trees") ObjectNode patch) {
    ObjectNode once = PatchEngine.merge(before, patch);
    assertThat(PatchEngine.merge(once, patch)).isEqualTo(once);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aStrategicMergeOfAPodOverAPodIsIdempotent(
      @ForAll("pods") ObjectNode before, @ForAll("pods") ObjectNode patch) {
    ObjectNode once = PatchEngine.strategicMerge(before, patch, POD);
    assertThat(PatchEngine.strategicMerge(once, patch, POD)).isEqualTo(once);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void applyIsIdempotentAndRecordsSurviveTheWire(
      @ForAll("pods") ObjectNode first,
      @ForAll("pods") ObjectNode second,
      @ForAll("pods") ObjectNode third) {
    ObjectNode live = FieldManagement.apply(null, first, POD, ME, Force.YES);
    ObjectNode both = FieldManagement.apply(live, second, POD, YOU, Force.YES);
    ObjectNode once = FieldManagement.apply(both, third, POD, ME, Force.YES);

    assertThat(FieldManagement.apply(once, third, POD, ME, Force.NO)).isEqualTo(once);
    JsonNode record = once.path("metadata").path("managedFields");
    if (!record.isMissingNode()) {
      for (JsonNode entry : record) {
        JsonNode fields = entry.path("fieldsV1");
        assertThat(FieldSetCodec.write(FieldSetCodec.read(fields))).isEqualTo(fields);
      }
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void whatOneAppliesAndWithdrawsLeavesNoTrace(
      @ForAll("pods") ObjectNode base, @ForAll("pods") ObjectNode extra) {
    ObjectNode live = FieldManagement.apply(null, base, POD, ME, Force.YES);
    ObjectNode with;
    try {
      with = FieldManagement.apply(live, extra, POD, YOU, Force.NO);
    } catch (ApiException _) {
      return;
    }
    ObjectNode without =
        FieldManagement.apply(with, Json.object("{metadata:{name:'p'}}"), POD, YOU, Force.NO);
    without.withObject("/metadata").remove("managedFields");
    ObjectNode expected = live.deepCopy();
    expected.withObject("/metadata").remove("managedFields");
    assertThat(without.path("spec").path("containers"))
        .containsExactlyInAnyOrderElementsOf(expected.path("spec").path("containers"));
    assertThat(without.path("metadata")).isEqualTo(expected.path("metadata"));
  }
}
