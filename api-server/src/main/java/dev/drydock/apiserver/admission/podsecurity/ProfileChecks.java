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
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The controls of confinement: AppArmor, SELinux, seccomp.
final class ProfileChecks {
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final Set<String> CONFINED = Set.of("RuntimeDefault", "Localhost");
  private static final Map<String, Integer> SELINUX_TYPES =
      Map.of(
          "", 0,
          "container_t", 0,
          "container_init_t", 0,
          "container_kvm_t", 0,
          "container_engine_t", 31);

  private ProfileChecks() {}

  /// Who sets what must not be set, and to what.
  private record Offence(List<String> who, Set<String> values) {

    /// @param bad the forbidden value that a security context sets; empty: none
    static Offence of(PodView pod, Function<JsonNode, String> bad) {
      List<String> who = new ArrayList<>();
      Set<String> values = new TreeSet<>();
      String ofPod = bad.apply(pod.context());
      if (!ofPod.isEmpty()) {
        who.add("pod");
        values.add(ofPod);
      }
      List<String> names = new ArrayList<>();
      for (JsonNode container : pod.containers()) {
        String own = bad.apply(PodView.context(container));
        if (!own.isEmpty()) {
          names.add(PodView.name(container));
          values.add(own);
        }
      }
      if (!names.isEmpty()) {
        who.add(containers(names));
      }
      return new Offence(who, values);
    }

    String culprits() {
      return String.join(" and ", who);
    }
  }

  static Optional<Violation> appArmor(PodView pod, Standard under) {
    Offence offence =
        Offence.of(
            pod,
            context -> {
              String type = context.path("appArmorProfile").path("type").stringValue("");
              return CONFINED.contains(type) ? "" : type;
            });
    List<String> annotations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : pod.metadata().path("annotations").properties()) {
      String value = each.getValue().stringValue("");
      boolean allowed =
          value.isEmpty() || value.equals("runtime/default") || value.startsWith("localhost/");
      if (each.getKey().startsWith(APP_ARMOR) && !allowed) {
        annotations.add(each.getKey());
        offence.values().add(value);
      }
    }
    if (!annotations.isEmpty()) {
      offence
          .who()
          .add(plural("annotation", "annotations", annotations.size()) + " " + quoted(annotations));
    }
    return BaselineChecks.when(
        !offence.who().isEmpty(),
        plural(
            "forbidden AppArmor profile", "forbidden AppArmor profiles", offence.values().size()),
        offence.culprits() + " must not set AppArmor profile type to " + quoted(offence.values()));
  }

  static Optional<Violation> seccompBaseline(PodView pod, Standard under) {
    Offence offence = seccomp(pod);
    return BaselineChecks.when(!offence.who().isEmpty(), "seccompProfile", forbidden(offence));
  }

  static Optional<Violation> seccompRestricted(PodView pod, Standard under) {
    if (pod.isForWindows() && under.knows(25)) {
      return Optional.empty();
    }
    Offence offence = seccomp(pod);
    if (!offence.who().isEmpty()) {
      return Optional.of(new Violation("seccompProfile", forbidden(offence)));
    }
    boolean confined = pod.context().path("seccompProfile").path("type").isString();
    List<String> silent =
        pod.named(each -> !PodView.context(each).path("seccompProfile").path("type").isString());
    return BaselineChecks.when(
        !confined && !silent.isEmpty(),
        "seccompProfile",
        "pod or "
            + containers(silent)
            + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
            + " \"Localhost\"");
  }

  private static Offence seccomp(PodView pod) {
    return Offence.of(
        pod,
        context -> {
          String type = context.path("seccompProfile").path("type").stringValue("");
          return CONFINED.contains(type) ? "" : type;
        });
  }

  private static String forbidden(Offence offence) {
    return offence.culprits()
        + " must not set securityContext.seccompProfile.type to "
        + quoted(offence.values());
  }

  static Optional<Violation> seLinux(PodView pod, Standard under) {
    Set<String> types = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    Offence offence =
        Offence.of(
            pod,
            context -> {
              JsonNode options = context.path("seLinuxOptions");
              String type = options.path("type").stringValue("");
              Integer since = SELINUX_TYPES.get(type);
              boolean badType = since == null || !under.knows(since);
              if (badType) {
                types.add(type);
              }
              boolean bad = badType;
              for (String field : List.of("user", "role")) {
                if (!options.path(field).stringValue("").isEmpty()) {
                  others.add(field + " may not be set");
                  bad = true;
                }
              }
              return bad ? "bad" : "";
            });
    List<String> data = new ArrayList<>();
    if (!types.isEmpty()) {
      data.add(plural("type", "types", types.size()) + " " + quoted(types));
    }
    data.addAll(others.stream().sorted(java.util.Comparator.reverseOrder()).toList());
    return BaselineChecks.when(
        !offence.who().isEmpty(),
        "seLinuxOptions",
        offence.culprits()
            + " set forbidden securityContext.seLinuxOptions: "
            + String.join("; ", data));
  }
}
