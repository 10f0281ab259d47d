package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// Security contexts of pods and containers.
final class SecurityRules {
  private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");
  private static final String SYSCTL_NAME =
      "[a-z0-9]([-_a-z0-9]*[a-z0-9])?([\\./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
  private static final List<String> NOT_ON_WINDOWS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "hostPID",
          "hostIPC",
          "hostUsers",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "shareProcessNamespace",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy");

  private SecurityRules() {}

  static void checkPod(Field spec, Violations found) {
    Field context = spec.child("securityContext");
    checkIds(context, List.of("fsGroup", "runAsUser", "runAsGroup"), found);
    context.child("supplementalGroups").items().forEach(group -> checkId(group, found));
    if (spec.child("shareProcessNamespace").isTrue() && spec.child("hostPID").isTrue()) {
      found.invalid(
          spec.child("shareProcessNamespace"),
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    checkSysctls(context.child("sysctls"), spec, found);
    found.oneOf(context.child("fsGroupChangePolicy"), List.of("Always", "OnRootMismatch"));
    found.oneOf(context.child("supplementalGroupsPolicy"), List.of("Merge", "Strict"));
    found.oneOf(context.child("seLinuxChangePolicy"), List.of("MountOption", "Recursive"));
    checkSeccomp(context.child("seccompProfile"), found);
    checkAppArmor(context.child("appArmorProfile"), found);
    checkUserNamespace(spec, found);
    checkSystem(spec, context, found);
    WindowsRules.check(context.child("windowsOptions"), found);
  }

  static void checkContainer(Field context, Field spec, Violations found) {
    if (!context.isPresent()) {
      return;
    }
    checkIds(context, List.of("runAsUser", "runAsGroup"), found);
    WindowsRules.check(context.child("windowsOptions"), found);
    Field procMount = context.child("procMount");
    found.oneOf(procMount, List.of("Default", "Unmasked"));
    if (procMount.text().equals("Unmasked") && spec.child("hostUsers").value().booleanValue(true)) {
      found.invalid(procMount, "`hostUsers` must be false to use `Unmasked`");
    }
    checkSeccomp(context.child("seccompProfile"), found);
    Field escalation = context.child("allowPrivilegeEscalation");
    if (escalation.isPresent() && !escalation.isTrue()) {
      if (context.child("privileged").isTrue()) {
        found.invalid(
            context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
      }
      for (Field capability : context.child("capabilities", "add").items()) {
        if (capability.text().equals("CAP_SYS_ADMIN")) {
          found.invalid(
              context,
              "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                  + " CAP_SYS_ADMIN");
        }
      }
    }
    checkAppArmor(context.child("appArmorProfile"), found);
  }

  private static void checkIds(Field context, List<String> fields, Violations found) {
    for (String field : fields) {
      checkId(context.child(field), found);
    }
  }

  private static void checkId(Field id, Violations found) {
    if (id.isPresent()) {
      found.inRange(id, 0, Integer.MAX_VALUE);
    }
  }

  private static void checkSeccomp(Field profile, Violations found) {
    checkProfile(profile, "seccompProfile", "seccomp", "can", found);
    if (profile.child("type").text().equals("Localhost")) {
      Paths.checkDescending(profile.child("localhostProfile"), found);
    }
  }

  private static void checkAppArmor(Field profile, Violations found) {
    checkProfile(profile, "appArmorProfile", "AppArmor", "may", found);
    Field local = profile.child("localhostProfile");
    if (!local.text().equals(local.text().strip())) {
      found.invalid(local, "must not be padded with whitespace");
    }
  }

  private static void checkProfile(
      Field profile, String field, String noun, String may, Violations found) {
    if (!profile.isPresent()) {
      return;
    }
    Field type = profile.child("type");
    Field local = profile.child("localhostProfile");
    switch (type.text()) {
      case "Localhost" -> {
        if (!local.isPresent()) {
          found.required(local, "must be set when " + noun + " type is Localhost");
        }
      }
      case "" -> found.required(type, "type is required when " + field + " is set");
      default -> {
        if (local.isPresent()) {
          found.invalid(local, may + " only be set when " + noun + " type is Localhost");
        }
        found.oneOf(type, PROFILES);
      }
    }
  }

  private static void checkSysctls(Field sysctls, Field spec, Violations found) {
    var names = new HashSet<String>();
    for (Field sysctl : sysctls.items()) {
      Field name = sysctl.child("name");
      String text = name.text();
      if (text.isEmpty()) {
        found.required(name, "");
      } else if (text.length() > 253 || !text.matches(SYSCTL_NAME)) {
        found.invalid(
            name,
            "must have at most 253 characters and match regex ^"
                + "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");
      } else if (!names.add(text.replace('/', '.'))) {
        found.duplicate(name);
      }
      if (spec.child("hostNetwork").isTrue() && text.startsWith("net.")) {
        found.invalid(name, "may not be specified when 'hostNetwork' is true");
      }
      boolean ipc =
          text.startsWith("kernel.shm")
              || text.startsWith("kernel.msg")
              || text.equals("kernel.sem")
              || text.startsWith("fs.mqueue.");
      if (spec.child("hostIPC").isTrue() && ipc) {
        found.invalid(name, "may not be specified when 'hostIPC' is true");
      }
    }
  }

  private static void checkUserNamespace(Field spec, Violations found) {
    if (spec.child("hostUsers").value().booleanValue(true)) {
      return;
    }
    for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (spec.child(shared).isTrue()) {
        found.forbidden(spec.child(shared), "when `hostUsers` is false");
      }
    }
  }

  /// The operating system says which fields make sense.
  private static void checkSystem(Field spec, Field context, Violations found) {
    Field system = spec.child("os");
    if (!system.isPresent()) {
      return;
    }
    found.requiredOneOf(system.child("name"), List.of("linux", "windows"));
    switch (system.child("name").text()) {
      case "windows" -> {
        for (String field : NOT_ON_WINDOWS) {
          Field place = field.startsWith("host") || field.startsWith("share") ? spec : context;
          if (!place.child(field).isEmpty() && isSet(place.child(field))) {
            found.forbidden(place.child(field), "cannot be set for a windows pod");
          }
        }
      }
      case "linux" -> {
        if (context.child("windowsOptions").isPresent()) {
          found.add(
              FieldError.forbidden(
                  context.child("windowsOptions").path(),
                  "windows options cannot be set for a linux pod"));
        }
      }
      default -> {
        // not supported, as was said
      }
    }
  }

  private static boolean isSet(Field field) {
    return !field.value().isBoolean() || field.isTrue();
  }
}
