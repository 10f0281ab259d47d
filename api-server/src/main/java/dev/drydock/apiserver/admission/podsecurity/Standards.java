package dev.drydock.apiserver.admission.podsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// All controls, in the order in which they are reported: those of `baseline` first.
public final class Standards {
  private static final List<Control> ALL =
      List.of(
          baseline("appArmorProfile", 0, ProfileChecks::appArmor),
          baseline("capabilities_baseline", 0, BaselineChecks::capabilities),
          baseline("hostNamespaces", 0, BaselineChecks::hostNamespaces),
          baseline("hostPathVolumes", 0, BaselineChecks::hostPathVolumes),
          baseline("hostPorts", 0, BaselineChecks::hostPorts),
          baseline("hostProbesAndHostLifecycle", 34, BaselineChecks::hostProbes),
          baseline("privileged", 0, BaselineChecks::privileged),
          baseline("procMount", 0, BaselineChecks::procMount),
          baseline("seLinuxOptions", 0, ProfileChecks::seLinux),
          baseline("seccompProfile_baseline", 19, ProfileChecks::seccompBaseline),
          baseline("sysctls", 0, BaselineChecks::sysctls),
          baseline("windowsHostProcess", 0, BaselineChecks::windowsHostProcess),
          restricted("allowPrivilegeEscalation", 8, "", RestrictedChecks::allowPrivilegeEscalation),
          restricted(
              "capabilities_restricted",
              22,
              "capabilities_baseline",
              RestrictedChecks::capabilities),
          restricted("restrictedVolumes", 0, "hostPathVolumes", RestrictedChecks::volumes),
          restricted("runAsNonRoot", 0, "", RestrictedChecks::runAsNonRoot),
          restricted("runAsUser", 23, "", RestrictedChecks::runAsUser),
          restricted(
              "seccompProfile_restricted",
              19,
              "seccompProfile_baseline",
              ProfileChecks::seccompRestricted));

  private Standards() {}

  /// @param since the minor version that brought it
  /// @param instead the control that is left out when this one applies; empty: none
  private record Control(String id, Level level, int since, String instead, Check check) {
    boolean appliesTo(Standard standard) {
      return level.compareTo(standard.level()) <= 0 && standard.knows(since);
    }
  }

  private static Control baseline(String id, int since, Check check) {
    return new Control(id, Level.BASELINE, since, "", check);
  }

  private static Control restricted(String id, int since, String instead, Check check) {
    return new Control(id, Level.RESTRICTED, since, instead, check);
  }

  /// What a pod, or a template of pods, does against the standard.
  public static List<Violation> violations(JsonNode pod, Standard standard) {
    if (standard.level() == Level.PRIVILEGED) {
      return List.of();
    }
    List<Control> applying = ALL.stream().filter(each -> each.appliesTo(standard)).toList();
    Set<String> replaced = applying.stream().map(Control::instead).collect(Collectors.toSet());
    PodView view = PodView.of(pod);
    List<Violation> found = new ArrayList<>();
    for (Control control : applying) {
      if (!replaced.contains(control.id())) {
        Optional<Violation> violation = control.check().violation(view, standard);
        violation.ifPresent(found::add);
      }
    }
    return found;
  }
}
