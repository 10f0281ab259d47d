package dev.drydock.controllers.nodelifecycle;

import static dev.drydock.testkit.objects.Objects.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.resource.Kinds;
import dev.drydock.testkit.api.FakeApi;
import dev.drydock.testkit.api.RecordedEvents;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Writes that meet those of others.
class NodeWriterTest {
  private static final ObjectKey N1 = ObjectKey.clusterScoped("n1");

  private final FakeApi api = new FakeApi();
  private final NodeWriter writer = new NodeWriter(api, new RecordedEvents());

  private static Optional<List<Taint>> with(Node node, String key) {
    var taints = new ArrayList<>(NodeTaintRules.taints(node));
    taints.add(new Taint("NoExecute", key, null, null));
    return Optional.of(taints);
  }

  private Node labelled(Node node, String label) {
    return api.resource(Kinds.NODE)
        .update(new NodeBuilder(node).editMetadata().addToLabels(label, "").endMetadata().build());
  }

  @Test
  void aTaintComesThoughSomebodyElseChangesTheNode() {
    api.given(aNode("n1").build());
    Node seen = api.resource(Kinds.NODE).get(N1);
    labelled(seen, "a");
    writer.taints(seen, node -> with(node, "gone"));
    Node now = api.resource(Kinds.NODE).get(N1);
    assertThat(now.getMetadata().getLabels()).containsKey("a");
    assertThat(now.getSpec().getTaints()).extracting(Taint::getKey).containsExactly("gone");
  }

  @Test
  void nothingIsWrittenWhenTheOtherHasMadeTheChange() {
    api.given(aNode("n1").build());
    Node seen = api.resource(Kinds.NODE).get(N1);
    labelled(seen, "a");
    int before = api.writes().size();
    assertThat(
            writer.taints(
                seen,
                node ->
                    node.getMetadata().getLabels().containsKey("a")
                        ? Optional.empty()
                        : with(node, "gone")))
        .isEmpty();
    assertThat(api.writes()).hasSize(before);
  }

  @Test
  void itGivesUpWhenOthersAlwaysComeFirst() {
    api.given(aNode("n1").build());
    Node seen = api.resource(Kinds.NODE).get(N1);
    assertThatThrownBy(
            () ->
                writer.taints(
                    seen,
                    node -> {
                      labelled(api.resource(Kinds.NODE).get(N1), "l" + api.revision());
                      return with(node, "gone");
                    }))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.isConflict()).isTrue());
  }
}
