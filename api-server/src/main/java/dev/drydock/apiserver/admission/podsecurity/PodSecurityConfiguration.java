package dev.drydock.apiserver.admission.podsecurity;

import dev.drydock.apiserver.configuration.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What holds where the labels of namespaces say nothing, and for whom nothing holds.
///
/// @param defaults labels that every namespace has unless it has its own
public record PodSecurityConfiguration(
    ObjectNode defaults,
    Set<String> usernames,
    Set<String> runtimeClasses,
    Set<String> namespaces) {
  public static final PodSecurityConfiguration NONE =
      new PodSecurityConfiguration(
          JsonNodeFactory.instance.objectNode(), Set.of(), Set.of(), Set.of());

  private static final String PREFIX = "pod-security.kubernetes.io/";
  private static final Set<String> VERSIONS =
      Set.of(
          "pod-security.admission.config.k8s.io/v1",
          "pod-security.admission.config.k8s.io/v1beta1",
          "pod-security.admission.config.k8s.io/v1alpha1");

  /// @throws IllegalArgumentException for one that makes no sense
  public static PodSecurityConfiguration of(@Nullable String configuration) {
    if (configuration == null) {
      return NONE;
    }
    Section root =
        Section.read(configuration, "PodSecurityConfiguration", VERSIONS)
            .only("defaults", "exemptions");
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    Section defaults = root.child("defaults");
    for (String mode : List.of("enforce", "audit", "warn")) {
      for (String field : List.of(mode, mode + "-version")) {
        if (defaults.has(field)) {
          labels.put(PREFIX + field, defaults.text(field));
        }
      }
    }
    defaults.only("enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version");
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.putObject("metadata").set("labels", labels);
    var wrong = new ArrayList<>(Policy.of(namespace).errors());
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("PodSecurity: defaults: " + wrong.getFirst().message());
    }
    Section exempt = root.child("exemptions").only("usernames", "runtimeClasses", "namespaces");
    return new PodSecurityConfiguration(
        labels,
        Set.copyOf(exempt.texts("usernames")),
        Set.copyOf(exempt.texts("runtimeClasses")),
        Set.copyOf(exempt.texts("namespaces")));
  }

  /// What holds in a namespace.
  public Policy policy(JsonNode namespace) {
    if (defaults.isEmpty()) {
      return Policy.of(namespace);
    }
    ObjectNode labels = defaults.deepCopy();
    namespace
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.set(label.getKey(), label.getValue()));
    ObjectNode seen = JsonNodeFactory.instance.objectNode();
    seen.putObject("metadata").set("labels", labels);
    return Policy.of(seen);
  }

  /// Why nothing holds for a pod: `namespace`, `user`, `runtimeClass`; empty: something does.
  ///
  /// @param pod the pod or its template
  public String exemption(String namespace, String user, JsonNode pod) {
    if (namespaces.contains(namespace)) {
      return "namespace";
    }
    if (usernames.contains(user)) {
      return "user";
    }
    String runtime = pod.path("spec").path("runtimeClassName").asString("");
    return runtimeClasses.contains(runtime) ? "runtimeClass" : "";
  }
}
