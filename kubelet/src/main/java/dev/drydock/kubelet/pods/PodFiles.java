package dev.drydock.kubelet.pods;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.files.ProjectedVolume;
import dev.drydock.kubelet.files.ProjectedVolume.Content;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.volumes.NodeFiles;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The files that the kubelet itself puts into each container: `/etc/hosts`, `/etc/hostname`,
/// `/etc/resolv.conf`, and the kernel's settings under `/proc/sys`.
final class PodFiles {
  private PodFiles() {}

  /// @param taken where the container mounts something of its own
  static List<Mount> mounts(PodContext context, Set<String> taken) {
    Pod pod = context.pod;
    String ip = context.ip;
    PodSandbox.Resolver cluster = context.services.host().dns();
    PodSandbox.Resolver resolver = resolver(pod, cluster);
    Map<String, Content> files =
        Map.of(
            "hosts", () -> hosts(pod, ip, cluster).getBytes(UTF_8),
            "hostname", () -> (PodNames.ofHost(pod, cluster) + "\n").getBytes(UTF_8),
            "resolv.conf", () -> resolverFile(resolver).getBytes(UTF_8));
    ProjectedVolume volume = new ProjectedVolume(() -> files, context.now());
    Map<String, Content> settings = KernelSettings.files(pod);
    return Stream.of(
            new Mount("/etc/hosts", volume, "hosts", Mount.Access.READ_WRITE, Mount.Medium.DISK),
            new Mount(
                "/etc/hostname", volume, "hostname", Mount.Access.READ_WRITE, Mount.Medium.DISK),
            new Mount(
                "/etc/resolv.conf",
                volume,
                "resolv.conf",
                Mount.Access.READ_WRITE,
                Mount.Medium.DISK),
            new Mount(
                KernelSettings.FOLDER,
                new ProjectedVolume(() -> settings, context.now()),
                "",
                Mount.Access.READ_ONLY,
                Mount.Medium.DISK))
        .filter(mount -> !taken.contains(mount.path()))
        .toList();
  }

  /// How the pod looks names up, by its `dnsPolicy` and `dnsConfig`.
  ///
  /// @param cluster the cluster's DNS Service and domain
  static PodSandbox.Resolver resolver(Pod pod, PodSandbox.Resolver cluster) {
    var spec = pod.getSpec();
    String policy = spec.getDnsPolicy() == null ? "ClusterFirst" : spec.getDnsPolicy();
    boolean host = Boolean.TRUE.equals(spec.getHostNetwork());
    boolean first =
        policy.equals("ClusterFirstWithHostNet") || (policy.equals("ClusterFirst") && !host);
    Set<String> servers = new LinkedHashSet<>();
    Set<String> searches = new LinkedHashSet<>();
    Set<String> options = new LinkedHashSet<>();
    if (first) {
      servers.addAll(cluster.nameservers());
      options.addAll(cluster.options());
      for (String domain : cluster.searches()) {
        searches.add(pod.getMetadata().getNamespace() + ".svc." + domain);
        searches.add("svc." + domain);
        searches.add(domain);
      }
    }
    if (spec.getDnsConfig() != null) {
      servers.addAll(spec.getDnsConfig().getNameservers());
      searches.addAll(spec.getDnsConfig().getSearches());
      spec.getDnsConfig()
          .getOptions()
          .forEach(
              option ->
                  options.add(
                      option.getValue() == null
                          ? option.getName()
                          : option.getName() + ":" + option.getValue()));
    }
    return new PodSandbox.Resolver(
        new ArrayList<>(servers), new ArrayList<>(searches), new ArrayList<>(options));
  }

  private static String resolverFile(PodSandbox.Resolver resolver) {
    StringBuilder text = new StringBuilder();
    if (!resolver.searches().isEmpty()) {
      text.append("search ").append(String.join(" ", resolver.searches())).append('\n');
    }
    resolver.nameservers().forEach(server -> text.append("nameserver " + server + "\n"));
    if (!resolver.options().isEmpty()) {
      text.append("options ").append(String.join(" ", resolver.options())).append('\n');
    }
    return text.toString();
  }

  private static String hosts(Pod pod, String ip, PodSandbox.Resolver cluster) {
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      return "# Kubernetes-managed hosts file (host network).\n" + NodeFiles.HOSTS + aliases(pod);
    }
    StringBuilder text = new StringBuilder("# Kubernetes-managed hosts file.\n");
    text.append("127.0.0.1\tlocalhost\n");
    text.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
    text.append("fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\n");
    text.append("fe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
    String full = PodNames.fullName(pod, cluster);
    text.append(ip)
        .append('\t')
        .append(full.isEmpty() ? "" : full + "\t")
        .append(PodNames.shortName(pod))
        .append('\n');
    return text.append(aliases(pod)).toString();
  }

  private static String aliases(Pod pod) {
    StringBuilder text = new StringBuilder();
    if (!pod.getSpec().getHostAliases().isEmpty()) {
      text.append("\n# Entries added by HostAliases.\n");
      for (HostAlias alias : pod.getSpec().getHostAliases()) {
        text.append(alias.getIp() + "\t" + String.join("\t", alias.getHostnames()) + "\n");
      }
    }
    return text.toString();
  }
}
