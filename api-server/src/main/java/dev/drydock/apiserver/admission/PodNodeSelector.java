package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.configuration.Section;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods of a namespace run only on the nodes that its annotation chooses.
final class PodNodeSelector implements AdmissionRule {
  private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/node-selector";

  private static final String CLUSTER = "clusterDefaultNodeSelector";

  private final Lookup lookup;
  private final Map<String, String> selectors;

  /// @param selectors what pods of a namespace may choose, and the selector of namespaces that
  ///     have none
  private PodNodeSelector(Lookup lookup, Map<String, String> selectors) {
    this.lookup = lookup;
    this.selectors = Map.copyOf(selectors);
  }

  /// @throws IllegalArgumentException for a configuration that makes no sense
  static PodNodeSelector of(@Nullable String configuration, Lookup lookup) {
    return new PodNodeSelector(
        lookup,
        configuration == null
            ? Map.of()
            : Section.parse(configuration).textMap("podNodeSelectorPluginConfig"));
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() != Operation.CREATE
        || !request.isFor("", "pods")
        || pod == null
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    Map<String, String> wanted =
        lookup
            .find("namespaces", "", request.target().namespace(), Age.ANY)
            .map(this::wanted)
            .orElseGet(TreeMap::new);
    for (Map.Entry<String, String> label : wanted.entrySet()) {
      JsonNode present = spec.path("nodeSelector").path(label.getKey());
      if (present.isString() && !present.stringValue("").equals(label.getValue())) {
        throw ApiException.forbidden(
            request.target().type(),
            AdmissionNames.shown(request),
            "pod node label selector conflicts with its namespace node label selector");
      }
      Trees.child(spec, "nodeSelector").put(label.getKey(), label.getValue());
    }
    checkAllowed(request, spec);
  }

  private Map<String, String> wanted(ObjectNode namespace) {
    boolean own = namespace.path("metadata").path("annotations").has(ANNOTATION);
    return labels(
        own ? Trees.annotation(namespace, ANNOTATION) : selectors.getOrDefault(CLUSTER, ""));
  }

  private void checkAllowed(AdmissionRequest request, ObjectNode spec) {
    Map<String, String> allowed = labels(selectors.getOrDefault(request.target().namespace(), ""));
    if (allowed.isEmpty()) {
      return;
    }
    for (Map.Entry<String, JsonNode> chosen : spec.path("nodeSelector").properties()) {
      if (!chosen.getValue().asString("").equals(allowed.get(chosen.getKey()))) {
        throw ApiException.forbidden(
            request.target().type(),
            AdmissionNames.shown(request),
            "pod node label selector labels conflict with its namespace whitelist");
      }
    }
  }

  /// From `a=b,c=d`.
  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        labels.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return labels;
  }
}
