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
import tools.jackson.databind.JsonNode;

/// The controls of the level `baseline`.
final class BaselineChecks {
  private static final Set<String> CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  /// Harmless kernel parameters, with the minor version that found them so.
  private static final Map<String, Integer> SYSCTLS =
      Map.ofEntries(
          Map.entry("kernel.shm_rmid_forced", 0),
          Map.entry("net.ipv4.ip_local_port_range", 0),
          Map.entry("net.ipv4.tcp_syncookies", 0),
          Map.entry("net.ipv4.ping_group_range", 0),
          Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
          Map.entry("net.ipv4.ip_local_reserved_ports", 27),
          Map.entry("net.ipv4.tcp_keepalive_time", 29),
          Map.entry("net.ipv4.tcp_fin_timeout", 29),
          Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
          Map.entry("net.ipv4.tcp_keepalive_probes", 29),
          Map.entry("net.ipv4.tcp_rmem", 32),
          Map.entry("net.ipv4.tcp_wmem", 32));

  private BaselineChecks() {}

  static Optional<Violation> capabilities(PodView pod, Standard under) {
    List<String> bad = new ArrayList<>();
    Set<String> added = new TreeSet<>();
    for (JsonNode container : pod.containers()) {
      Set<String> own = addedCapabilities(container, CAPABILITIES);
      if (!own.isEmpty()) {
        bad.add(PodView.name(container));
        added.addAll(own);
      }
    }
    return when(
        !bad.isEmpty(),
        "non-default capabilities",
        containers(bad)
            + " must not include "
            + quoted(added)
            + " in securityContext.capabilities.add");
  }

  /// What a container adds that is not allowed.
  static Set<String> addedCapabilities(JsonNode container, Set<String> allowed) {
    Set<String> added = new TreeSet<>();
    for (JsonNode each : PodView.context(container).path("capabilities").path("add")) {
      if (!allowed.contains(each.stringValue(""))) {
        added.add(each.stringValue(""));
      }
    }
    return added;
  }

  static Optional<Violation> hostNamespaces(PodView pod, Standard under) {
    List<String> used = new ArrayList<>();
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (pod.spec().path(field).booleanValue(false)) {
        used.add(field + "=true");
      }
    }
    return when(!used.isEmpty(), "host namespaces", String.join(", ", used));
  }

  static Optional<Violation> hostPathVolumes(PodView pod, Standard under) {
    List<String> bad = new ArrayList<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      if (volume.path("hostPath").isObject()) {
        bad.add(volume.path("name").stringValue(""));
      }
    }
    return when(
        !bad.isEmpty(),
        "hostPath volumes",
        plural("volume", "volumes", bad.size()) + " " + quoted(bad));
  }

  static Optional<Violation> hostPorts(PodView pod, Standard under) {
    List<String> bad = new ArrayList<>();
    Set<String> ports = new TreeSet<>();
    for (JsonNode container : pod.containers()) {
      int before = bad.size();
      for (JsonNode port : container.path("ports")) {
        if (port.path("hostPort").asInt(0) != 0) {
          ports.add(port.path("hostPort").asString(""));
          if (bad.size() == before) {
            bad.add(PodView.name(container));
          }
        }
      }
    }
    String what = plural("hostPort", "hostPorts", ports.size());
    return when(
        !bad.isEmpty(),
        what,
        containers(bad)
            + " "
            + plural("uses", "use", bad.size())
            + " "
            + what
            + " "
            + String.join(", ", ports));
  }

  static Optional<Violation> hostProbes(PodView pod, Standard under) {
    List<String> bad = new ArrayList<>();
    Set<String> hosts = new TreeSet<>();
    for (JsonNode container : pod.containers()) {
      Set<String> own = new TreeSet<>();
      for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
        addHosts(container.path(probe), own);
      }
      addHosts(container.path("lifecycle").path("postStart"), own);
      addHosts(container.path("lifecycle").path("preStop"), own);
      if (!own.isEmpty()) {
        bad.add(PodView.name(container));
        hosts.addAll(own);
      }
    }
    String what = plural("probe or lifecycle host", "probe or lifecycle hosts", hosts.size());
    return when(
        !bad.isEmpty(),
        "probe or lifecycle host",
        containers(bad)
            + " "
            + plural("uses", "use", bad.size())
            + " "
            + what
            + " "
            + quoted(hosts));
  }

  private static void addHosts(JsonNode handler, Set<String> hosts) {
    for (String kind : List.of("httpGet", "tcpSocket")) {
      String host = handler.path(kind).path("host").stringValue("");
      if (!host.isEmpty()) {
        hosts.add(host);
      }
    }
  }

  static Optional<Violation> privileged(PodView pod, Standard under) {
    List<String> bad =
        pod.named(each -> PodView.context(each).path("privileged").booleanValue(false));
    return when(
        !bad.isEmpty(),
        "privileged",
        containers(bad) + " must not set securityContext.privileged=true");
  }

  static Optional<Violation> procMount(PodView pod, Standard under) {
    Set<String> values = new TreeSet<>();
    List<String> bad = new ArrayList<>();
    for (JsonNode container : pod.containers()) {
      String mount = PodView.context(container).path("procMount").stringValue("Default");
      if (!mount.equals("Default")) {
        bad.add(PodView.name(container));
        values.add(mount);
      }
    }
    return when(
        !bad.isEmpty(),
        "procMount",
        containers(bad) + " must not set securityContext.procMount to " + quoted(values));
  }

  static Optional<Violation> sysctls(PodView pod, Standard under) {
    List<String> bad = new ArrayList<>();
    for (JsonNode sysctl : pod.context().path("sysctls")) {
      String name = sysctl.path("name").stringValue("");
      Integer since = SYSCTLS.get(name);
      if (since == null || !under.knows(since)) {
        bad.add(name);
      }
    }
    return when(!bad.isEmpty(), "forbidden sysctls", String.join(", ", bad));
  }

  static Optional<Violation> windowsHostProcess(PodView pod, Standard under) {
    List<String> bad = pod.named(each -> isHostProcess(PodView.context(each)));
    List<String> who = new ArrayList<>();
    if (isHostProcess(pod.context())) {
      who.add("pod");
    }
    if (!bad.isEmpty()) {
      who.add(containers(bad));
    }
    return when(
        !who.isEmpty(),
        "hostProcess",
        String.join(" and ", who)
            + " must not set securityContext.windowsOptions.hostProcess=true");
  }

  private static boolean isHostProcess(JsonNode context) {
    return context.path("windowsOptions").path("hostProcess").booleanValue(false);
  }

  static Optional<Violation> when(boolean bad, String reason, String detail) {
    return bad ? Optional.of(new Violation(reason, detail)) : Optional.empty();
  }
}
