package dev.drydock.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What holds for the three kinds of patch, whatever the objects are.
class PatchPropertiesTest {
  private static final Schema POD = Json.schema("v1", "Pod");

  @Provide
  Arbitrary<ObjectNode> trees() {
    return trees(2);
  }

  private static Arbitrary<ObjectNode> trees(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.of(
            Json.tree("1"),
            Json.tree("'x'"),
            Json.tree("true"),
            Json.tree("[1,2]"),
            Json.tree("[]"));
    Arbitrary<JsonNode> values =
        depth == 0
            ? scalars
            : Arbitraries.oneOf(scalars, trees(depth - 1).map(JsonNode.class::cast));
    return Arbitraries.maps(Arbitraries.of("a", "b", "c/d", "~e", ""), values)
        .ofMaxSize(3)
        .map(map -> JsonNodeFactory.instance.objectNode().setAll(map));
  }

  @Provide
  Arbitrary<ObjectNode> pods() {
    return Pods.all();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aJsonPatchLeadsThereAndBack(
      @ForAll("trees") ObjectNode before, @ForAll("trees") ObjectNode after) {
    ObjectNode there = PatchEngine.json(before, Difference.json(before, after));
    assertThat(there).isEqualTo(after);
    assertThat(PatchEngine.json(there, Difference.json(after, before))).isEqualTo(before);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aJsonPatchThatFailsChangesNothing(
      @ForAll("trees") ObjectNode before, @ForAll("trees") ObjectNode after) {
    ObjectNode kept = before.deepCopy();
    ArrayNode patch = Difference.json(before, after);
    patch.addObject().put("op", "test").put("path", "/a").put("value", "never");
    assertThatThrownBy(() -> PatchEngine.json(before, patch)).isInstanceOf(ApiException.class);
    assertThat(before).isEqualTo(kept);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void mergingADifferenceGivesTheTargetAndAgainTheSame(
      @ForAll("trees") ObjectNode before, @ForAll("trees") ObjectNode after) {
    ObjectNode patch = Difference.merge(before, after);
    ObjectNode once = PatchEngine.merge(before, patch);
    assertThat(once).isEqualTo(after);
    assertThat(PatchEngine.merge(once, patch)).isEqualTo(once);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void mergingTwiceIsMergingOnce(
      @ForAll("trees") ObjectNode before, @ForAll("trees") ObjectNode patch) {
    ObjectNode once = PatchEngine.merge(before, patch);
    assertThat(PatchEngine.merge(once, patch)).isEqualTo(once);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aStrategicDifferenceGivesTheTarget(
      @ForAll("pods") ObjectNode before, @ForAll("pods") ObjectNode after) {
    ObjectNode from = onePortANumber(before);
    ObjectNode to = onePortANumber(after);
    ObjectNode patch = Difference.strategic(from, to);
    ObjectNode once = PatchEngine.strategicMerge(from, patch, POD);
    assertThat(once).as("patch %s", patch).isEqualTo(to);
    assertThat(PatchEngine.strategicMerge(once, patch, POD)).as("patch %s", patch).isEqualTo(to);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aStrategicMergeOfAPodOverAPodIsIdempotentAndHasAllOfThePatch(
      @ForAll("pods") ObjectNode before, @ForAll("pods") ObjectNode patch) {
    ObjectNode from = onePortANumber(before);
    ObjectNode to = onePortANumber(patch);
    ObjectNode once = PatchEngine.strategicMerge(from, to, POD);
    assertThat(PatchEngine.strategicMerge(once, to, POD)).isEqualTo(once);
    assertThat(PatchEngine.strategicMerge(from, JsonNodeFactory.instance.objectNode(), POD))
        .isEqualTo(from);
    assertThat(PatchEngine.strategicMerge(to, to, POD)).isEqualTo(to);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void replacingAsAWholeGivesExactlyThePatch(
      @ForAll("pods") ObjectNode before, @ForAll("pods") ObjectNode after) {
    ObjectNode patch = after.deepCopy();
    patch.put("$patch", "replace");
    assertThat(PatchEngine.strategicMerge(before, patch, POD)).isEqualTo(after);
  }

  /// Strategic merge knows ports by their numbers alone, so it can't hold two of one number.
  private static ObjectNode onePortANumber(ObjectNode pod) {
    ObjectNode copy = pod.deepCopy();
    for (JsonNode container : copy.path("spec").path("containers")) {
      if (container.path("ports") instanceof ArrayNode ports) {
        Set<Integer> seen = new HashSet<>();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode port : ports) {
          if (seen.add(port.path("containerPort").intValue())) {
            kept.add(port);
          }
        }
        ((ObjectNode) container).set("ports", kept);
      }
    }
    return copy;
  }
}
