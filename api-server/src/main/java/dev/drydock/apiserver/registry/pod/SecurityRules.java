package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// Security contexts of pods and containers.
final class SecurityRules {
  private static final String SYSCTL_NAME =
      "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final int LONGEST_SYSCTL = 253;
  private static final String[] CONTAINER_FIELDS = {
    "Capabilities",
    "Privileged",
    "SELinuxOptions",
    "WindowsOptions",
    "RunAsUser",
    "RunAsGroup",
    "RunAsNonRoot",
    "ReadOnlyRootFilesystem",
    "AllowPrivilegeEscalation",
    "ProcMount",
    "SeccompProfile",
    "AppArmorProfile"
  };

  private SecurityRules() {}

  static void checkPod(Field spec, Violations found) {
    Field context = spec.child("securityContext");
    checkIds(context, List.of("fsGroup", "runAsUser", "runAsGroup"), found);
    context.child("supplementalGroups").items().forEach(group -> checkId(group, found));
    if (spec.child("shareProcessNamespace").isTrue() && spec.child("hostPID").isTrue()) {
      found.invalid(
          context.child("shareProcessNamespace"),
          true,
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    checkSysctls(context.child("sysctls"), spec, found);
    found.oneOf(context.child("fsGroupChangePolicy"), List.of("Always", "OnRootMismatch"));
    ProfileRules.checkSeccomp(context.child("seccompProfile"), found);
    WindowsRules.check(context.child("windowsOptions"), found);
    ProfileRules.checkAppArmor(context.child("appArmorProfile"), found);
    found.oneOf(context.child("supplementalGroupsPolicy"), List.of("Merge", "Strict"));
    found.oneOf(context.child("seLinuxChangePolicy"), List.of("MountOption", "Recursive"));
  }

  static void checkContainer(Field context, Field spec, Violations found) {
    if (!context.isPresent()) {
      return;
    }
    checkIds(context, List.of("runAsUser", "runAsGroup"), found);
    Field procMount = context.child("procMount");
    found.oneOf(procMount, List.of("Default", "Unmasked"));
    if (procMount.text().equals("Unmasked") && spec.child("hostUsers").value().booleanValue(true)) {
      found.invalid(procMount, "`hostUsers` must be false to use `Unmasked`");
    }
    ProfileRules.checkSeccomp(context.child("seccompProfile"), found);
    checkEscalation(context, found);
    WindowsRules.check(context.child("windowsOptions"), found);
    ProfileRules.checkAppArmor(context.child("appArmorProfile"), found);
  }

  private static void checkEscalation(Field context, Violations found) {
    Field escalation = context.child("allowPrivilegeEscalation");
    if (!escalation.isPresent() || escalation.isTrue()) {
      return;
    }
    if (context.child("privileged").isTrue()) {
      found.invalid(
          context,
          InnerForm.of(context, CONTAINER_FIELDS),
          "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    for (Field capability : context.child("capabilities", "add").items()) {
      if (capability.text().equals("CAP_SYS_ADMIN")) {
        found.invalid(
            context,
            InnerForm.of(context, CONTAINER_FIELDS),
            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                + " CAP_SYS_ADMIN");
      }
    }
  }

  private static void checkIds(Field context, List<String> fields, Violations found) {
    for (String field : fields) {
      checkId(context.child(field), found);
    }
  }

  static void checkId(Field id, Violations found) {
    if (id.isPresent()) {
      found.inRange(id, 0, Integer.MAX_VALUE);
    }
  }

  private static void checkSysctls(Field sysctls, Field spec, Violations found) {
    var names = new HashSet<String>();
    for (Field sysctl : sysctls.items()) {
      Field name = sysctl.child("name");
      String text = name.text();
      if (text.isEmpty()) {
        found.required(name, "");
      } else if (text.length() > LONGEST_SYSCTL || !text.matches(SYSCTL_NAME)) {
        found.invalid(
            name,
            "must have at most "
                + LONGEST_SYSCTL
                + " characters and match regex ^"
                + SYSCTL_NAME
                + "$");
      } else if (names.contains(text)) {
        found.duplicate(name);
      }
      checkNamespace(name, text.replace('/', '.'), spec, found);
      names.add(text);
    }
  }

  private static void checkNamespace(Field name, String text, Field spec, Violations found) {
    boolean ipc =
        text.startsWith("kernel.shm")
            || text.startsWith("kernel.msg")
            || text.equals("kernel.sem")
            || text.startsWith("fs.mqueue.");
    if (spec.child("hostNetwork").isTrue() && text.startsWith("net.")) {
      found.invalid(name, "may not be specified when 'hostNetwork' is true");
    } else if (spec.child("hostIPC").isTrue() && ipc) {
      found.invalid(name, "may not be specified when 'hostIPC' is true");
    }
  }
}
