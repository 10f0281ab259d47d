package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.ArrayList;
import java.util.List;

/// What the operating system of a pod, and the namespaces it shares with its host, rule out.
final class SystemRules {
  private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";
  private static final String NOT_ON_LINUX = "windows options cannot be set for a linux pod";
  private static final String WITH_USERS = "when `pod.Spec.HostUsers` is false";
  private static final List<String> WINDOWS_CONTAINERS_HAVE_NO =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private SystemRules() {}

  static void check(Field spec, Violations found) {
    Field system = spec.child("os");
    if (!system.isPresent()) {
      return;
    }
    String name = system.child("name").text();
    switch (name) {
      case "" -> found.required(system.child("name"), "cannot be empty");
      case "linux" -> checkLinux(spec, found);
      case "windows" -> checkWindows(spec, found);
      default ->
          found.notSupported(
              system.showing(system.child("name").value()), List.of("linux", "windows"));
    }
  }

  private static void checkLinux(Field spec, Violations found) {
    for (Field context : contexts(spec)) {
      if (context.child("windowsOptions").isPresent()) {
        found.forbidden(context.child("windowsOptions"), NOT_ON_LINUX);
      }
    }
  }

  private static List<Field> contexts(Field spec) {
    var contexts = new ArrayList<Field>();
    contexts.add(spec.child("securityContext"));
    containers(spec).forEach(container -> contexts.add(container.child("securityContext")));
    return contexts;
  }

  /// In the order in which the real server visits them.
  static List<Field> containers(Field spec) {
    var containers = new ArrayList<Field>();
    for (String list : PodDefaults.CONTAINERS) {
      containers.addAll(spec.child(list).items());
    }
    return containers;
  }

  private static void checkWindows(Field spec, Violations found) {
    Field context = spec.child("securityContext");
    forbidPresent(context, List.of("appArmorProfile", "seLinuxOptions"), found);
    forbidPresent(spec, List.of("hostUsers"), found);
    for (String shared : List.of("hostPID", "hostIPC")) {
      if (spec.child(shared).isTrue()) {
        found.forbidden(spec.child(shared), NOT_ON_WINDOWS);
      }
    }
    forbidPresent(context, List.of("seccompProfile", "fsGroup", "fsGroupChangePolicy"), found);
    if (!context.child("sysctls").isEmpty()) {
      found.forbidden(context.child("sysctls"), NOT_ON_WINDOWS);
    }
    forbidPresent(spec, List.of("shareProcessNamespace"), found);
    forbidPresent(
        context,
        List.of(
            "runAsUser",
            "runAsGroup",
            "supplementalGroups",
            "supplementalGroupsPolicy",
            "seLinuxChangePolicy"),
        found);
    for (Field container : containers(spec)) {
      forbidPresent(container.child("securityContext"), WINDOWS_CONTAINERS_HAVE_NO, found);
    }
  }

  private static void forbidPresent(Field holder, List<String> fields, Violations found) {
    for (String field : fields) {
      if (holder.child(field).isPresent()) {
        found.forbidden(holder.child(field), NOT_ON_WINDOWS);
      }
    }
  }

  /// All containers of a Windows pod are processes of the host, or none.
  static void checkHostProcess(Field spec, Violations found) {
    Field ofPod = spec.child("securityContext", "windowsOptions").child("hostProcess");
    int all = 0;
    int ofHost = 0;
    for (Field container : containers(spec)) {
      Field own = container.child("securityContext", "windowsOptions").child("hostProcess");
      all++;
      if (ofPod.isPresent() && own.isPresent() && ofPod.isTrue() != own.isTrue()) {
        found.invalid(
            own,
            "pod hostProcess value must be identical if both are specified, was " + ofPod.isTrue());
      }
      if (own.isPresent() ? own.isTrue() : ofPod.isTrue()) {
        ofHost++;
      }
    }
    if (ofHost == 0) {
      return;
    }
    if (ofHost != all) {
      found.invalid(
          spec,
          "",
          "If pod contains any hostProcess containers then all containers must be HostProcess"
              + " containers");
    }
    if (!spec.child("hostNetwork").isTrue()) {
      found.invalid(
          spec.child("hostNetwork"),
          false,
          "hostNetwork must be true if pod contains any hostProcess containers");
    }
  }

  /// Users of its own go with no other namespace of the host.
  static void checkUserNamespace(Field spec, Violations found) {
    if (Trees.at(spec.value(), "hostUsers").booleanValue(true)) {
      return;
    }
    if (spec.child("hostNetwork").isTrue()) {
      found.forbidden(spec.child("hostNetwork"), WITH_USERS);
    }
    // The real paths have these capital letters.
    if (spec.child("hostPID").isTrue()) {
      found.forbidden(spec.child("HostPID"), WITH_USERS);
    }
    if (spec.child("hostIPC").isTrue()) {
      found.forbidden(spec.child("HostIPC"), WITH_USERS);
    }
  }
}
