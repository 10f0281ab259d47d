package dev.drydock.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceTreeTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  private final Step create = step(1, "kubectl", "create", "deployments", "web", 10);
  private final Step replicaSet =
      step(2, "controller-manager", "create", "replicasets", "web-1", 11, 10);
  private final Step pod = step(3, "controller-manager", "create", "pods", "web-1-a", 12, 11);

  @Test
  void anEffectStandsBelowTheWriteThatItNamesAsItsCause() {
    List<TraceTree> roots = TraceTree.roots(List.of(create, replicaSet, pod), _ -> true);

    assertThat(roots).hasSize(1);
    assertThat(roots.getFirst().size()).isEqualTo(3);
    TraceTree second = roots.getFirst().effects().getFirst();
    assertThat(second.step()).isEqualTo(replicaSet);
    assertThat(second.waited()).isEqualTo(Duration.ofMillis(995));
    assertThat(second.effects().getFirst().step()).isEqualTo(pod);
  }

  @Test
  void anEffectOfSeveralCausesStandsOnceBelowTheNewest() {
    Step rules = step(4, "kube-proxy", "rules", "nodes", "node-1", 0, 10, 12);

    TraceTree root = TraceTree.roots(List.of(create, replicaSet, pod, rules), _ -> true).getFirst();

    TraceTree last = root.effects().getFirst().effects().getFirst().effects().getFirst();
    assertThat(last.step()).isEqualTo(rules);
    assertThat(last.otherCauses()).containsExactly(10L);
    assertThat(root.size()).isEqualTo(4);
  }

  @Test
  void aStepWhoseCauseIsNoLongerInTheLedgerIsARoot() {
    assertThat(TraceTree.roots(List.of(pod), _ -> true)).extracting(TraceTree::step).contains(pod);
  }

  @Test
  void aStepThatNamesItselfOrAFutureWriteAsItsCauseDoesNotMakeACycle() {
    Step odd = step(5, "x", "update", "pods", "p", 20, 20, 21);

    assertThat(TraceTree.roots(List.of(odd), _ -> true)).hasSize(1);
  }

  @Test
  void theTextFoldsSiblingsThatAreAlike() {
    List<Step> ledger =
        Stream.concat(
                Stream.of(create, replicaSet),
                IntStream.range(0, 5)
                    .mapToObj(
                        i ->
                            step(
                                10 + i,
                                "controller-manager",
                                "create",
                                "pods",
                                "p" + i,
                                100 + i,
                                11)))
            .toList();

    String text =
        new TraceText(ZoneOffset.UTC, 2).of(TraceTree.roots(ledger, _ -> true).getFirst());

    assertThat(text)
        .startsWith(
            "2026-01-02 03:04:06.000  kubectl: create deployments/web, and what came of it: 6 steps"
                + " in 13.005 s")
        .contains("controller-manager: create pods/p1  [101]")
        .doesNotContain("pods/p2")
        .contains("└─ … 3 more: controller-manager: create pods");
  }

  @Test
  void aFailureSaysWhy() {
    Step failed =
        new Step(
            7,
            BEGIN,
            Duration.ofMillis(1),
            "scheduler",
            "create",
            new Step.About("pods", "binding", "default", "p", ""),
            0,
            List.of(10L),
            409,
            "Conflict",
            "");

    String text =
        new TraceText(ZoneOffset.UTC, 9)
            .of(TraceTree.roots(List.of(create, failed), _ -> true).getFirst());

    assertThat(text).contains("scheduler: create pods/p (binding) FAILED 409 Conflict");
  }

  private static Step step(
      long sequence,
      String actor,
      String verb,
      String resource,
      String name,
      long revision,
      long... causes) {
    return new Step(
        sequence,
        BEGIN.plusSeconds(sequence),
        Duration.ofMillis(5),
        actor,
        verb,
        new Step.About(resource, "", "default", name, ""),
        revision,
        Arrays.stream(causes).boxed().toList(),
        200,
        "",
        "");
  }
}
