package dev.drydock.kubeproxy;

import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.client.lifecycle.CommonFlags;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import java.net.InetSocketAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags of kube-proxy.
final class ProxyFlags {
  @Mixin final CommonFlags common = new CommonFlags();

  @Option(
      names = "--hostname-override",
      paramLabel = "NAME",
      required = true,
      description = "The node that this proxy works for.")
  String node = "";

  @Option(
      names = "--kernel-address",
      paramLabel = "HOST:PORT",
      required = true,
      description = "The gRPC port of the node's kubelet, whose kernel is programmed.")
  String kernel = "";

  @Option(
      names = "--cluster-cidr",
      paramLabel = "CIDR",
      defaultValue = "",
      description = "The range of pod addresses; what comes from elsewhere is masqueraded.")
  String clusterCidr = "";

  @Option(
      names = "--proxy-mode",
      paramLabel = "MODE",
      defaultValue = "iptables",
      description = "Only iptables is there.")
  String mode = "iptables";

  @Option(
      names = "--healthz-bind-address",
      paramLabel = "HOST:PORT",
      defaultValue = "0.0.0.0:10256",
      description = "Where /healthz and /livez answer.")
  String healthz = "";

  @Option(
      names = "--metrics-bind-address",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:10249",
      description = "Where /metrics and /proxyMode answer.")
  String metrics = "";

  @Option(
      names = "--iptables-min-sync-period",
      paramLabel = "DURATION",
      defaultValue = "1s",
      description = "The shortest time between two changes of the rules.")
  String minSyncPeriod = "1s";

  @Option(
      names = "--iptables-sync-period",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "After which the rules are looked at even if nothing changed.")
  String syncPeriod = "30s";

  @Option(names = "--bind-address", hidden = true, defaultValue = "0.0.0.0")
  String bindAddress = "0.0.0.0";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  AddressRange clusterRange() {
    try {
      return AddressRange.parse(clusterCidr);
    } catch (IllegalArgumentException _) {
      throw new BadFlagException("--cluster-cidr: '" + clusterCidr + "' is not a CIDR");
    }
  }

  void checkMode() {
    if (!mode.isEmpty() && !mode.equals("iptables")) {
      throw new BadFlagException("--proxy-mode: only iptables is supported, not '" + mode + "'");
    }
  }

  static InetSocketAddress address(String flag, String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = colon <= 0 ? "0.0.0.0" : text.substring(0, colon);
      return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      throw new BadFlagException(flag + ": '" + text + "' is not HOST:PORT");
    }
  }
}
