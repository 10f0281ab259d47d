package dev.drydock.api.selector;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which nodes a pod asks for: its `nodeSelector` and its required node affinity.
public final class NodeSelection {
  private static final String NAME = "metadata.name";

  private NodeSelection() {}

  /// @param labels of the node
  public static boolean matches(Pod pod, String node, Map<String, String> labels) {
    @Nullable Map<String, String> wanted = pod.getSpec().getNodeSelector();
    if (wanted != null) {
      for (Map.Entry<String, String> label : wanted.entrySet()) {
        if (!label.getValue().equals(labels.get(label.getKey()))) {
          return false;
        }
      }
    }
    @Nullable NodeSelector required = required(pod);
    return required == null
        || required.getNodeSelectorTerms().stream().anyMatch(term -> matches(term, node, labels));
  }

  /// Whether the pod restricts its nodes at all.
  public static boolean isRestricted(Pod pod) {
    @Nullable Map<String, String> wanted = pod.getSpec().getNodeSelector();
    return (wanted != null && !wanted.isEmpty()) || required(pod) != null;
  }

  private static @Nullable NodeSelector required(Pod pod) {
    @Nullable Affinity affinity = pod.getSpec().getAffinity();
    return (affinity == null || affinity.getNodeAffinity() == null)
        ? null
        : affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
  }

  /// The names of the only nodes that can match, when every term names some.
  public static Optional<Set<String>> names(Pod pod) {
    @Nullable NodeSelector required = required(pod);
    if (required == null) {
      return Optional.empty();
    }
    Set<String> names = new TreeSet<>();
    for (NodeSelectorTerm term : required.getNodeSelectorTerms()) {
      Optional<NodeSelectorRequirement> named =
          term.getMatchFields().stream()
              .filter(each -> NAME.equals(each.getKey()) && "In".equals(each.getOperator()))
              .findFirst();
      if (named.isEmpty()) {
        return Optional.empty();
      }
      names.addAll(named.get().getValues());
    }
    return Optional.of(names);
  }

  /// Whether all of a term's requirements hold; an empty term matches nothing.
  public static boolean matches(NodeSelectorTerm term, String node, Map<String, String> labels) {
    List<NodeSelectorRequirement> expressions = term.getMatchExpressions();
    List<NodeSelectorRequirement> fields = term.getMatchFields();
    if (expressions.isEmpty() && fields.isEmpty()) {
      return false;
    }
    for (NodeSelectorRequirement each : expressions) {
      if (!holds(each, labels.get(each.getKey()))) {
        return false;
      }
    }
    for (NodeSelectorRequirement each : fields) {
      if (!holds(each, NAME.equals(each.getKey()) ? node : null)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(NodeSelectorRequirement requirement, @Nullable String value) {
    List<String> values = requirement.getValues();
    return switch (requirement.getOperator()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> compared(value, values) > 0;
      case "Lt" -> compared(value, values) < 0;
      default -> false;
    };
  }

  /// Zero also when they can't be compared.
  private static int compared(@Nullable String value, List<String> values) {
    try {
      return (value == null || values.isEmpty())
          ? 0
          : Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
