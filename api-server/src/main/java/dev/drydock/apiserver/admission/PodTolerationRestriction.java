package dev.drydock.apiserver.admission;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.api.usage.QuotaScopes;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.configuration.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods of a namespace tolerate what its annotations add, and nothing that they do not allow.
final class PodTolerationRestriction implements AdmissionRule {
  private static final String PREFIX = "scheduler.alpha.kubernetes.io/";
  private static final String DEFAULTS = PREFIX + "defaultTolerations";
  private static final String ALLOWED = PREFIX + "tolerationsWhitelist";
  private static final String VERSION = "podtolerationrestriction.admission.k8s.io/v1alpha1";

  private final Lookup lookup;
  private final List<JsonNode> defaults;
  private final List<JsonNode> allowed;

  private PodTolerationRestriction(Lookup lookup, List<JsonNode> defaults, List<JsonNode> allowed) {
    this.lookup = lookup;
    this.defaults = List.copyOf(defaults);
    this.allowed = List.copyOf(allowed);
  }

  /// @throws IllegalArgumentException for a configuration that makes no sense
  static PodTolerationRestriction of(@Nullable String configuration, Lookup lookup) {
    if (configuration == null) {
      return new PodTolerationRestriction(lookup, List.of(), List.of());
    }
    Section root =
        Section.read(configuration, "Configuration", Set.of(VERSION)).only("default", "whitelist");
    return new PodTolerationRestriction(
        lookup,
        Tolerations.of(root.tree().path("default")),
        Tolerations.of(root.tree().path("whitelist")));
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode spec = spec(request);
    ObjectNode pod = request.object();
    if (spec == null || pod == null) {
      return;
    }
    List<JsonNode> more = new ArrayList<>();
    if (request.operation() == Operation.CREATE) {
      more.addAll(annotated(request, DEFAULTS).orElse(defaults));
    }
    if (!QuotaScopes.isBestEffort(pod)) {
      more.add(
          Trees.object()
              .put("key", "node.kubernetes.io/memory-pressure")
              .put("operator", "Exists")
              .put("effect", "NoSchedule"));
    }
    if (!more.isEmpty()) {
      List<JsonNode> merged = Tolerations.merged(Tolerations.of(spec.path("tolerations")), more);
      ArrayNode list = spec.putArray("tolerations");
      merged.forEach(toleration -> list.add(toleration.deepCopy()));
    }
    validate(request);
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode spec = spec(request);
    if (spec == null) {
      return;
    }
    List<JsonNode> tolerations = Tolerations.of(spec.path("tolerations"));
    if (tolerations.isEmpty()) {
      return;
    }
    Optional<List<JsonNode>> own = annotated(request, ALLOWED);
    List<JsonNode> list = own.orElse(allowed);
    if (!list.isEmpty() && !Tolerations.allAllowed(tolerations, list)) {
      throw ApiException.of(
          StatusReason.INTERNAL_ERROR,
          "pod tolerations (possibly merged with namespace default tolerations) conflict with its "
              + (own.isPresent() ? "namespace" : "cluster")
              + " whitelist");
    }
  }

  private static @Nullable ObjectNode spec(AdmissionRequest request) {
    ObjectNode pod = request.object();
    boolean writes =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    return writes
            && request.isFor("", "pods")
            && pod != null
            && pod.get("spec") instanceof ObjectNode spec
        ? spec
        : null;
  }

  /// Empty: the namespace does not say.
  private Optional<List<JsonNode>> annotated(AdmissionRequest request, String annotation) {
    String name = request.target().namespace();
    Optional<ObjectNode> found = lookup.find("namespaces", "", name, Age.ANY);
    if (found.isEmpty()) {
      found = lookup.find("namespaces", "", name, Age.NOW);
    }
    ObjectNode namespace =
        found.orElseThrow(
            () -> ApiException.of(StatusReason.NOT_FOUND, "namespaces \"" + name + "\" not found"));
    JsonNode text = namespace.path("metadata").path("annotations").path(annotation);
    if (!text.isString()) {
      return Optional.empty();
    }
    String json = text.stringValue();
    return Optional.of(
        json.isEmpty()
            ? List.of()
            : Tolerations.of(TreeCodec.readValue(json.getBytes(StandardCharsets.UTF_8))));
  }
}
