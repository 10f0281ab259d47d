package dev.drydock.kubelet.pods;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.ProjectedVolume.Content;
import dev.drydock.kubelet.status.PodView.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Sysctl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings of the kernel that a pod has of its own (`sysctls`). Pure.
final class KernelSettings {
  static final String FOLDER = "/proc/sys";

  /// Those that pods may set, as a kernel has them when nobody did.
  private static final Map<String, String> SAFE =
      Map.ofEntries(
          Map.entry("kernel.shm_rmid_forced", "0"),
          Map.entry("net.ipv4.ip_local_port_range", "32768\t60999"),
          Map.entry("net.ipv4.ip_local_reserved_ports", ""),
          Map.entry("net.ipv4.ip_unprivileged_port_start", "0"),
          Map.entry("net.ipv4.ping_group_range", "0\t2147483647"),
          Map.entry("net.ipv4.tcp_fin_timeout", "60"),
          Map.entry("net.ipv4.tcp_keepalive_intvl", "75"),
          Map.entry("net.ipv4.tcp_keepalive_probes", "9"),
          Map.entry("net.ipv4.tcp_keepalive_time", "7200"),
          Map.entry("net.ipv4.tcp_rmem", "4096\t131072\t6291456"),
          Map.entry("net.ipv4.tcp_syncookies", "1"),
          Map.entry("net.ipv4.tcp_wmem", "4096\t16384\t4194304"));

  private KernelSettings() {}

  /// Why a kubelet that allows no others refuses the pod; nothing when it does not.
  static Optional<Verdict> judge(Pod pod) {
    for (Sysctl setting : wanted(pod)) {
      String name = dotted(setting.getName());
      if (!SAFE.containsKey(name)) {
        return refused("forbidden sysctl: \"" + setting.getName() + "\" not allowlisted");
      }
      boolean network = name.startsWith("net.");
      Boolean shared = network ? pod.getSpec().getHostNetwork() : pod.getSpec().getHostIPC();
      if (Boolean.TRUE.equals(shared)) {
        return refused(
            "forbidden sysctl: \""
                + setting.getName()
                + "\" not allowed with host "
                + (network ? "net" : "ipc")
                + " enabled");
      }
    }
    return Optional.empty();
  }

  private static Optional<Verdict> refused(String why) {
    return Optional.of(new Verdict("SysctlForbidden", "Pod was rejected: " + why));
  }

  /// What stands below [#FOLDER].
  static Map<String, Content> files(Pod pod) {
    Map<String, String> values = new LinkedHashMap<>(SAFE);
    wanted(pod).forEach(setting -> values.put(dotted(setting.getName()), setting.getValue()));
    Map<String, Content> files = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> files.put(name.replace('.', '/'), () -> (value + "\n").getBytes(UTF_8)));
    return Map.copyOf(files);
  }

  private static List<Sysctl> wanted(Pod pod) {
    var security = pod.getSpec().getSecurityContext();
    return security == null ? List.of() : security.getSysctls();
  }

  /// Names may be written with slashes.
  private static String dotted(String name) {
    return name.replace('/', '.');
  }
}
