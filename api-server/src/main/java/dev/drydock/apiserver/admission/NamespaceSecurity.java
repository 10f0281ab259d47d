package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.admission.podsecurity.Level;
import dev.drydock.apiserver.admission.podsecurity.Policy;
import dev.drydock.apiserver.admission.podsecurity.Standard;
import dev.drydock.apiserver.admission.podsecurity.Standards;
import dev.drydock.apiserver.admission.podsecurity.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The labels of namespaces that speak of pod security: they must be readable, and whoever makes
/// them stricter learns which pods do not keep to them.
final class NamespaceSecurity {
  /// So many pods are looked at.
  private static final int MOST = 3000;

  private final Lookup lookup;

  NamespaceSecurity(Lookup lookup) {
    this.lookup = lookup;
  }

  void validate(AdmissionRequest request, ObjectNode namespace) {
    Policy policy = Policy.of(namespace);
    ObjectNode before = request.before();
    if (request.operation() == Operation.CREATE || before == null) {
      refuse(request, policy);
      return;
    }
    Policy old = Policy.of(before);
    if (!policy.errors().equals(old.errors())) {
      refuse(request, policy);
    }
    if (isStricter(policy.enforce(), old.enforce())) {
      warn(request, policy.enforce());
    }
  }

  private static void refuse(AdmissionRequest request, Policy policy) {
    if (!policy.errors().isEmpty()) {
      throw ApiException.invalid(
          request.target().type(), AdmissionNames.shown(request), policy.errors());
    }
  }

  private static boolean isStricter(Standard now, Standard before) {
    if (now.equals(before) || now.level() == Level.PRIVILEGED) {
      return false;
    }
    return now.minor() != before.minor() || now.level().compareTo(before.level()) > 0;
  }

  private void warn(AdmissionRequest request, Standard enforced) {
    String name = request.target().name();
    Map<String, List<String>> podsByOffence = new TreeMap<>();
    List<ObjectNode> pods = lookup.list("pods", name, Age.ANY);
    for (ObjectNode pod : pods.subList(0, Math.min(MOST, pods.size()))) {
      List<Violation> found = Standards.violations(pod, enforced);
      if (!found.isEmpty()) {
        podsByOffence.computeIfAbsent(reasons(found), _ -> new ArrayList<>()).add(Trees.name(pod));
      }
    }
    if (podsByOffence.isEmpty()) {
      return;
    }
    request
        .context()
        .warnings()
        .accept(
            "existing pods in namespace \""
                + name
                + "\" violate the new PodSecurity enforce level \""
                + enforced
                + "\"");
    Map<String, String> lines = new TreeMap<>();
    podsByOffence.forEach(
        (offence, names) -> lines.put(names.getFirst(), among(names) + ": " + offence));
    lines.values().forEach(request.context().warnings());
  }

  private static String reasons(List<Violation> violations) {
    return violations.stream().map(Violation::reason).collect(Collectors.joining(", "));
  }

  private static String among(List<String> names) {
    int others = names.size() - 1;
    return switch (others) {
      case 0 -> names.getFirst();
      case 1 -> names.getFirst() + " (and 1 other pod)";
      default -> names.getFirst() + " (and " + others + " other pods)";
    };
  }
}
