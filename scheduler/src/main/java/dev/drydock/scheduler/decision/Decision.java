package dev.drydock.scheduler.decision;

import dev.drydock.scheduler.framework.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was decided about a pod.
public sealed interface Decision {

  /// How many nodes were asked about: the next pod begins after them.
  int visited();

  /// It goes to this node.
  ///
  /// @param scores of all nodes that it fits, with the part of each rule; empty when there was
  ///     nothing to choose
  record Placed(String node, List<Score> scores, int feasible, int visited) implements Decision {}

  /// It fits nowhere.
  ///
  /// @param rejections by node
  /// @param plugins the rules that rejected it somewhere
  record Nowhere(
      int nodes, Map<String, Verdict.Rejected> rejections, Set<String> plugins, int visited)
      implements Decision {

    /// As an event says it: `0/3 nodes are available: 3 Insufficient cpu.`
    public String message() {
      if (nodes == 0) {
        return "no nodes available to schedule pods";
      }
      Map<String, Integer> counts = new TreeMap<>();
      for (Verdict.Rejected rejection : rejections.values()) {
        rejection.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
      }
      return counted(nodes, counts);
    }

    /// Why evicting others does not help, in Kubernetes' words.
    public String preemptionMessage() {
      Map<String, Integer> counts = new TreeMap<>();
      for (Verdict.Rejected rejection : rejections.values()) {
        String reason =
            switch (rejection.cure()) {
              case NONE -> "Preemption is not helpful for scheduling";
              case PREEMPTION -> "No preemption victims found for incoming pod";
            };
        counts.merge(reason, 1, Integer::sum);
      }
      return counted(nodes, counts);
    }

    private static String counted(int nodes, Map<String, Integer> counts) {
      List<String> parts =
          counts.entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey())
              .sorted()
              .toList();
      return "0/" + nodes + " nodes are available: " + String.join(", ", parts) + ".";
    }
  }

  /// The score of one node.
  ///
  /// @param byPlugin weighted
  record Score(String node, long total, Map<String, Long> byPlugin) {}
}
