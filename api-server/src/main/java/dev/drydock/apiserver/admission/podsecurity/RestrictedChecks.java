package dev.drydock.apiserver.admission.podsecurity;

import static dev.drydock.apiserver.admission.podsecurity.Words.containers;
import static dev.drydock.apiserver.admission.podsecurity.Words.plural;
import static dev.drydock.apiserver.admission.podsecurity.Words.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The controls that the level `restricted` adds.
final class RestrictedChecks {
  private static final Set<String> CAPABILITIES = Set.of("NET_BIND_SERVICE");
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private RestrictedChecks() {}

  static Optional<Violation> allowPrivilegeEscalation(PodView pod, Standard under) {
    if (isExempt(pod, under)) {
      return Optional.empty();
    }
    List<String> bad =
        pod.named(
            each -> PodView.context(each).path("allowPrivilegeEscalation").booleanValue(true));
    return BaselineChecks.when(
        !bad.isEmpty(),
        "allowPrivilegeEscalation != false",
        containers(bad) + " must set securityContext.allowPrivilegeEscalation=false");
  }

  /// What Windows does not know cannot be asked of its pods.
  private static boolean isExempt(PodView pod, Standard under) {
    return pod.isForWindows() && under.knows(25);
  }

  static Optional<Violation> capabilities(PodView pod, Standard under) {
    if (isExempt(pod, under)) {
      return Optional.empty();
    }
    List<String> keeping =
        pod.named(
            each ->
                PodView.context(each)
                    .path("capabilities")
                    .path("drop")
                    .valueStream()
                    .noneMatch(drop -> drop.stringValue("").equals("ALL")));
    List<String> adding = new ArrayList<>();
    Set<String> added = new TreeSet<>();
    for (JsonNode container : pod.containers()) {
      Set<String> own = BaselineChecks.addedCapabilities(container, CAPABILITIES);
      if (!own.isEmpty()) {
        adding.add(PodView.name(container));
        added.addAll(own);
      }
    }
    List<String> details = new ArrayList<>();
    if (!keeping.isEmpty()) {
      details.add(containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    if (!adding.isEmpty()) {
      details.add(
          containers(adding)
              + " must not include "
              + quoted(added)
              + " in securityContext.capabilities.add");
    }
    return BaselineChecks.when(
        !details.isEmpty(), "unrestricted capabilities", String.join("; ", details));
  }

  static Optional<Violation> volumes(PodView pod, Standard under) {
    List<String> bad = new ArrayList<>();
    Set<String> types = new TreeSet<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      Set<String> used =
          volume.properties().stream()
              .map(Map.Entry::getKey)
              .filter(field -> !field.equals("name"))
              .collect(Collectors.toCollection(TreeSet::new));
      if (used.stream().noneMatch(VOLUMES::contains)) {
        bad.add(volume.path("name").stringValue(""));
        types.addAll(used.isEmpty() ? Set.of("unknown") : used);
      }
    }
    return BaselineChecks.when(
        !bad.isEmpty(),
        "restricted volume types",
        plural("volume", "volumes", bad.size())
            + " "
            + quoted(bad)
            + " "
            + plural("uses", "use", bad.size())
            + " "
            + plural("restricted volume type", "restricted volume types", types.size())
            + " "
            + quoted(types));
  }

  static Optional<Violation> runAsNonRoot(PodView pod, Standard under) {
    JsonNode ofPod = pod.context().path("runAsNonRoot");
    List<String> who = new ArrayList<>();
    if (ofPod.isBoolean() && !ofPod.booleanValue()) {
      who.add("pod");
    }
    List<String> root =
        pod.named(
            each -> {
              JsonNode own = PodView.context(each).path("runAsNonRoot");
              return own.isBoolean() && !own.booleanValue();
            });
    if (!root.isEmpty()) {
      who.add(containers(root));
    }
    String reason = "runAsNonRoot != true";
    if (!who.isEmpty()) {
      return Optional.of(
          new Violation(
              reason,
              String.join(" and ", who) + " must not set securityContext.runAsNonRoot=false"));
    }
    List<String> silent =
        pod.named(each -> !PodView.context(each).path("runAsNonRoot").isBoolean());
    return BaselineChecks.when(
        !ofPod.booleanValue(false) && !silent.isEmpty(),
        reason,
        "pod or " + containers(silent) + " must set securityContext.runAsNonRoot=true");
  }

  static Optional<Violation> runAsUser(PodView pod, Standard under) {
    List<String> who = new ArrayList<>();
    if (isRoot(pod.context())) {
      who.add("pod");
    }
    List<String> bad = pod.named(each -> isRoot(PodView.context(each)));
    if (!bad.isEmpty()) {
      who.add(containers(bad));
    }
    return BaselineChecks.when(
        !who.isEmpty(), "runAsUser=0", String.join(" and ", who) + " must not set runAsUser=0");
  }

  private static boolean isRoot(JsonNode context) {
    return context.path("runAsUser").asLong(-1) == 0;
  }
}
